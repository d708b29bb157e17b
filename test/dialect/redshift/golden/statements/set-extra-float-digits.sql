set extra_float_digits to 0

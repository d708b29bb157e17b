import { type JsonSchema, jsonSchemaOf } from '../project/json-schema.ts';
import { projectSchema } from '../project/project-schema.ts';
import { propertiesSchema } from './properties-schema.ts';

/** The JSON Schemas of all kinds of YAML file, by the name of the file to write them to. */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    'project.schema.json': jsonSchemaOf(projectSchema, 'project.yml of a modelwright project'),
    'properties.schema.json': jsonSchemaOf(propertiesSchema, 'A properties file of a modelwright project'),
  };
}

// Required into every process that is measured: at its end it notes the most memory that it held.
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', () => {
    const megabytes = process.resourceUsage().maxRSS / 1024;
    require('node:fs').writeFileSync(process.env.BENCH_NOTE, JSON.stringify({ megabytes }));
  });
}

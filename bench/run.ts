/** `npm run bench [-- NAME …]`: runs each benchmark in its own process, prints one table, writes bench/results/NAME.json. */
import { fork } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import type { Row } from './row.ts'

const here = import.meta.dirname
const all = readdirSync(here)
  .filter(file => file.endsWith('.bench.ts'))
  .map(file => file.slice(0, -'.bench.ts'.length))
  .sort()
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !all.includes(name))
if (unknown.length) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are ${all.join(', ')}`)
  process.exit(2)
}

const machine = {
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
  node: process.version,
}
mkdirSync(join(here, 'results'), { recursive: true })
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memory}, Node ${machine.node}`)

for (const name of wanted.length ? wanted : all) {
  const rows = await measure(name)
  writeFileSync(
    join(here, 'results', `${name}.json`),
    `${JSON.stringify({ at: new Date().toISOString(), machine, rows }, null, 2)}\n`,
  )
  console.log(`\n${name}\n${table(rows)}`)
}

async function measure(name: string): Promise<Row[]> {
  const script = await bundle(
    `${name}.bench`,
    `import { run } from './bench/${name}.bench.ts'\nprocess.send!(await run(), () => process.exit())`,
  )
  const child = fork(script, { execArgv: ['--expose-gc', '--enable-source-maps'] })
  return new Promise((resolve, reject) => {
    child.once('message', rows => resolve(rows as Row[]))
    child.once('exit', (code, signal) =>
      reject(new Error(`benchmark ${name} ended with ${signal ?? code} before it answered`)),
    )
  })
}

function table(rows: Row[]): string {
  const cells = rows.map(row => [
    row.name,
    figure(row.value),
    row.unit,
    row.ratio === undefined ? '' : `${figure(row.ratio)} ×`,
    row.target ?? '',
    verdict(row),
  ])
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map(line => line[column]!.length))) ?? []
  return cells
    .map(line =>
      line
        .map((cell, i) =>
          i === 1 || i === 3 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function verdict({ ok }: Row): string {
  if (ok === undefined) return ''
  return ok ? 'ok' : 'MISSED'
}

/** Three significant digits: a busy machine is not more precise than that. */
function figure(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)))
}

/** Bundles a file that uses the build's own imports (`?thread`, #reactors, #projections) into a script that plain Node can run. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { listConsumers } from '../modules/consumers.ts'
import { bundleThread } from '../modules/threads.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * Writes NAME.mjs into a folder and returns its path. Packages stay external, so the folder must be inside the project;
 * 'nitropack/runtime' is the unit tests' stand-in. `source` is TypeScript that may import by paths relative to the project.
 */
export async function bundle(
  name: string,
  source: string,
  folder = join(root, '.cache/bench'),
): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${name}.mjs`)
  await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    outfile,
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'error',
    plugins: [ownImports(folder)],
  })
  return outfile
}

const ownImports = (folder: string): Plugin => ({
  name: 'own-imports',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^nitropack\/runtime$/ }, () => ({
      path: join(root, 'tests/support/nitro.ts'),
    }))
    onResolve({ filter: /^#(?:reactors|projections)$/ }, ({ path }) => ({
      path: path.slice(1),
      namespace: 'consumers',
    }))
    onLoad({ filter: /.*/, namespace: 'consumers' }, ({ path }) => ({
      contents: listConsumers(join(root, 'server'), path),
      resolveDir: root,
    }))
    onResolve({ filter: /\?thread$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice(0, -'?thread'.length)),
      namespace: 'thread',
    }))
    onLoad({ filter: /.*/, namespace: 'thread' }, async ({ path }) => {
      const file = join(folder, `${basename(path, '.ts')}.mjs`)
      writeFileSync(file, (await bundleThread(path, root)).outputFiles[0]!.text)
      return { contents: `export default ${JSON.stringify(pathToFileURL(file).href)}` }
    })
  },
})

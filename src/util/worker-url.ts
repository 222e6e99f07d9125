/**
 * The compiled file of a worker thread's entry, beside the module that starts it.
 * Worker threads load JavaScript only, so sources (tests, development) use the build in `dist/`.
 * @param moduleUrl the `import.meta.url` of a module in `src/<folder>/` or `dist/<folder>/`
 * @param name the entry's file name without extension, in the same folder
 */
export function workerUrl(moduleUrl: string, name: string): URL {
  const isSource = moduleUrl.endsWith('.ts')
  if (!isSource) return new URL(`./${name}.js`, moduleUrl)
  const folder = new URL('.', moduleUrl).pathname.replace(/\/$/, '').split('/').at(-1)
  return new URL(`../../dist/${folder}/${name}.js`, moduleUrl)
}

/** The paths of pages, for components. */
export { criticPath, genrePath, moviePath, reviewPath } from '~/shared/page-paths'

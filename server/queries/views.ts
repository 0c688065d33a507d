/** This process's read models, for reading. */
import { useViewsReader } from '../db/open'
import type { ViewTables } from './tables'

export const useViews = () => useViewsReader<ViewTables>()

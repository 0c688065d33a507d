/** This process's read models, read-only. */
import { useViewsReader } from '../db/open'
import type { ViewTables } from './tables'

export const useViews = () => useViewsReader<ViewTables>()

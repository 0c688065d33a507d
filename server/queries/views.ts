/** This process's read models, read-only. */
import { useViewsReader } from '../db/views-file'
import type { ViewTables } from './tables'

export const useViews = () => useViewsReader<ViewTables>()

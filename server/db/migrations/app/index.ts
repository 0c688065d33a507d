/** Every migration of app.sqlite, in the order of their names. */
import * as tables from './0001-tables'

export default { '0001-tables': tables }

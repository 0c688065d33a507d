/** Every migration of app.sqlite, in the order of their names. */
import * as tables from './0001-tables'
import * as accounts from './0002-accounts'

export default { '0001-tables': tables, '0002-accounts': accounts }

/** Runs before all other plugins: a setting that cannot be meant ends the process with one clear line. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { checkSettings } from '../check-settings'
import { prepareDataFolder } from '../data-folder'
import { BadSetting } from '../settings'

export default defineNitroPlugin(() => {
  try {
    checkSettings()
    prepareDataFolder()
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error
    console.error(`MyMovies cannot start: ${error.message}.`)
    process.exit(1)
  }
})

/** Runs before all other plugins: an invalid setting stops startup with one clear line. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { checkSettings } from '../app/check-settings'
import { registerParts } from '../app/composition'
import { prepareDataFolder } from '../config/data-folder'
import { BadSetting } from '../config/settings'

export default defineNitroPlugin(() => {
  try {
    registerParts()
    checkSettings()
    prepareDataFolder()
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error
    console.error(`MyMovies cannot start: ${error.message}.`)
    process.exit(1)
  }
})

/** Runs before all other plugins: a setting that cannot be meant ends the process with one clear line. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { BadSetting, settings } from '../settings'

export default defineNitroPlugin(() => {
  try {
    settings()
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error
    console.error(`MyMovies cannot start:\n${error.message}`)
    process.exit(1)
  }
})

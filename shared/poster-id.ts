/** The name of an upload without its folder and ending: the same picture is stored in several formats. */
export const posterId = (url: string): string => url.replace(/^.*\//, '').replace(/\.\w+$/, '')

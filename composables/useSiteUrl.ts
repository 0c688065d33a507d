/** The site's own address without a slash at the end, as the settings have it. Known on the server, where public pages are drawn. */
export const useSiteUrl = (): string => useRequestEvent()?.context.siteUrl ?? ''

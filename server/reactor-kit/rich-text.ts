/** The facets of a post in the AT protocol: what in its text is a link or a tag. */

/** Links and tags are found in the text; ours leads to the whole address also where it is shown cut. Names with @ stay text: nobody is called out. */
export async function facetsOf(text: string, url: string) {
  const {
    RichText,
    AppBskyRichtextFacet: { isLink, isTag },
  } = await import('@atproto/api')
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const found = (rich.facets ?? []).filter(({ features }) =>
    features.every(feature => isLink(feature) || isTag(feature)),
  )
  return found.map(facet => ({
    ...facet,
    features: facet.features.map(feature =>
      isLink(feature) && feature.uri.endsWith('…') && url.startsWith(feature.uri.slice(0, -1))
        ? { ...feature, uri: url }
        : feature,
    ),
  }))
}

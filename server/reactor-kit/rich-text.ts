/** Finds the facets of an AT Protocol post: which pieces of its text are links or tags. */

/**
 * Our own link leads to the whole address even if the text shows it cut. Names with @ stay text, so
 * that nobody is mentioned.
 */
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

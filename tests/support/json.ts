/** What a server answered, parsed: a test looks into it as if it had the shape it expects, and is red if it has not. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `unknown` would ask each of hundreds of expectations for a cast first
export type Json = any

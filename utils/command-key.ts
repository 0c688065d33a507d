/** A new Idempotency-Key. `crypto.randomUUID` is missing where the site is not served over HTTPS. */
export const commandKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')

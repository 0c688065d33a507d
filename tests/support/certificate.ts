/**
 * A self-signed certificate for this machine, made at run time, so that there is no key in the
 * repository.
 */
import { randomUUID } from 'node:crypto'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'

/** PEM. Valid for `localhost`, `127.0.0.1`, `::1` and the names given. */
export interface Certificate {
  key: string
  cert: string
}

export async function makeCertificate(names: string[] = []): Promise<Certificate> {
  // Each has its own name, because of two trusted ones with the same name only the first would be
  // found.
  const made = await generate([{ name: 'commonName', value: randomUUID() }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...['localhost', ...names].map(value => ({ type: 2 as const, value })),
          ...['127.0.0.1', '::1'].map(ip => ({ type: 7 as const, ip })),
        ],
      },
    ],
  })
  return { key: made.private, cert: made.cert }
}

/** Makes clients in this thread trust it; a spawned server gets it by NODE_EXTRA_CA_CERTS. */
export const trustHere = (cert: string) =>
  setDefaultCACertificates([...getCACertificates('default'), cert])

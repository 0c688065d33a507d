/** The server's entry: one Nitro app on one socket. */
// @ts-expect-error Nitro makes this module at build time and declares no types for it
import '#nitro-internal-pollyfills'
import { createServer } from 'node:http'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'

const server = createServer(toNodeListener(useNitroApp().h3App))
server.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST, backlog: 8192 })

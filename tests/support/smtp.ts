/**
 * A mail server of our own that speaks real SMTP: keeps what it takes, and misbehaves when told to.
 */
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { makeCertificate } from './certificate.ts'

/** An accepted email. `source` is the message as it came, as text. */
export interface Taken {
  messageId: string
  from: string
  to: string[]
  source: string
  at: number
}

/**
 * What happens to emails whose recipient contains `to` (default: all), at `step` (default RCPT TO),
 * `times` times (default always). A `greeting` or `hello` has no recipient; a refused `hello` means that the server knows neither EHLO nor HELO. `say` is the server's line without its code; 'drop' cuts the
 * connection instead of answering. `step` 'data' answers after the whole email.
 */
export interface Rule {
  to?: string
  step?: 'greeting' | 'hello' | 'from' | 'rcpt' | 'data'
  code?: number
  say?: string
  act?: 'drop'
  delay?: number
  times?: number
}

/** `keep: 'ids'` forgets the text of each email. */
export interface SmtpOptions {
  port?: number
  auth?: { user: string; pass: string }
  starttls?: boolean
  keep?: 'ids'
}

export class Smtp {
  port = 0
  url = ''
  /** PEM, with STARTTLS; clients must trust it. */
  cert = ''
  taken: Taken[] = []
  /** `held` are answers that a rule is delaying. */
  counts = { letters: 0, connections: 0, open: 0, encrypted: 0, held: 0, signIns: 0 }
  private rules: Rule[] = []
  private stop = async () => {}

  static async start({ port = 0, auth, starttls = false, keep }: SmtpOptions = {}) {
    const smtp = new Smtp()
    const sockets = new Set<Socket>()
    const pair = starttls ? await makeCertificate() : undefined
    const server = new SMTPServer({
      ...pair,
      logger: false,
      authOptional: !auth,
      size: 1_000_000,
      disableReverseLookup: true,
      disabledCommands: [
        ...(auth ? [] : ['AUTH' as const]),
        ...(starttls ? [] : ['STARTTLS' as const]),
      ],
      allowInsecureAuth: true,
      onConnect(session, done) {
        smtp.counts.connections++
        smtp.counts.open++
        if (smtp.rules.some(({ step }) => step === 'hello'))
          Object.assign(session, { disabledCommands: ['EHLO', 'HELO'] })
        smtp.obey('greeting', '', sockets, done)
      },
      onClose: () => {
        smtp.counts.open--
      },
      onAuth({ username, password }, _, done) {
        smtp.counts.signIns++
        if (username === auth?.user && password === auth?.pass) done(null, { user: username })
        else done(refusal(535, '5.7.8 wrong name or password'))
      },
      onMailFrom: ({ address }, _, done) => smtp.obey('from', address, sockets, done),
      onRcptTo: ({ address }, _, done) => smtp.obey('rcpt', address, sockets, done),
      onData(stream, { envelope, secure }, done) {
        const to = envelope.rcptTo.map(({ address }) => address)
        const chunks: Buffer[] = []
        stream
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () =>
            smtp.obey('data', to.join(), sockets, error => {
              if (error) return done(error)
              const source = Buffer.concat(chunks).toString()
              const messageId = /^Message-ID:\s*<([^>]*)>/im.exec(source)?.[1] ?? ''
              smtp.counts.letters++
              if (secure) smtp.counts.encrypted++
              smtp.taken.push({
                messageId,
                from: envelope.mailFrom ? envelope.mailFrom.address : '',
                to,
                source: keep ? '' : source,
                at: Date.now(),
              })
              done(null)
            }),
          )
      },
    })
    server.on('error', () => {})
    server.server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
    smtp.cert = pair?.cert ?? ''
    smtp.port = (server.server.address() as AddressInfo).port
    smtp.url = `smtp://${auth ? `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.pass)}@` : ''}127.0.0.1:${smtp.port}`
    smtp.stop = () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
    return smtp
  }

  /** Replaces all rules; the first that matches counts. */
  behave(...rules: Rule[]) {
    this.rules = rules
  }
  clear() {
    this.taken = []
  }
  /** Returns what came since the last call. */
  collect() {
    return this.taken.splice(0)
  }
  state() {
    return this.counts
  }
  close() {
    return this.stop()
  }

  private obey(
    step: NonNullable<Rule['step']>,
    whom: string,
    sockets: Set<Socket>,
    done: (error?: Error | null) => void,
  ) {
    const rule = this.rules.find(
      ({ to = '', step: at = 'rcpt', times = 1 }) => at === step && times > 0 && whom.includes(to),
    )
    if (!rule) return done()
    if (rule.times !== undefined) rule.times--
    this.counts.held++
    setTimeout(() => {
      this.counts.held--
      if (rule.act === 'drop') for (const socket of sockets) socket.destroy()
      else done(rule.code ? refusal(rule.code, rule.say ?? 'no') : null)
    }, rule.delay ?? 0)
  }
}

const refusal = (responseCode: number, say: string) =>
  Object.assign(new Error(say), { responseCode })

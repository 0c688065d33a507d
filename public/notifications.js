// The notifications button: asks the browser, tells the server, and says in words how it stands.
const find = text => document.querySelectorAll(text)
const buttons = find('button[data-notifications]'),
  form = find('[name=frequency]')[0]?.form
let on = false

function show(words, usable = true) {
  for (const button of buttons) {
    button.textContent = `Turn ${on ? 'off' : 'on'} notifications`
    button.disabled = !usable
  }
  for (const line of find('[data-notifications-say]')) {
    line.textContent = words
    line.hidden = !words
  }
}

// What the server knows us by. The service worker reads it too, so it lies in the cache.
const drawer = () => caches.open('notifications')
const kept = async () => (await (await drawer()).match('/kept'))?.json()
const keep = async value => (await drawer()).put('/kept', new Response(JSON.stringify(value)))

async function ask(method, path, body, token) {
  const answer = await fetch(`/api/subscriptions/push${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  })
  if (answer.status === 204) return
  const said = await answer.json()
  if (answer.ok) return said
  throw Error(said.detail ?? said.title)
}

// The wishes of the form on this page; without one, those that the server knows stay.
function wants() {
  if (!form) return
  const wants = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  for (const [name, value] of new FormData(form)) {
    if (!value) continue
    if (/^(genres|critics)$/.test(name)) (wants[name] ??= []).push(value)
    if (/^(minRating|hour|weekday)$/.test(name)) wants[name] = +value
    if (/^(frequency|timeZone)$/.test(name)) wants[name] = value
    if (/^quiet/.test(name)) (wants.quiet ??= {})[name.slice(5).toLowerCase()] = value
  }
  return wants
}

// A subscription that moved to another endpoint stays the same reader.
async function tell(wants) {
  const { pushManager } = await navigator.serviceWorker.ready,
    { publicKey } = await (await fetch('/api/push/key')).json()
  const subscribe = () =>
    pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  const subscription = await subscribe().catch(async error => {
    const old = await pushManager.getSubscription()
    // Some browsers ask only after a press; and one bound to a key that the server lost must go first.
    if (old && error.name !== 'InvalidStateError') return old
    await old?.unsubscribe()
    return subscribe()
  })
  const { endpoint } = subscription,
    known = await kept(),
    body = { subscription, wants }
  const moved =
    known &&
    known.endpoint !== endpoint &&
    (await ask('PATCH', `/${known.id}`, body, known.manageToken).catch(() => {}))
  await keep({ ...(moved ? known : await ask('POST', '', body)), endpoint })
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== 'granted') return look()
  await navigator.serviceWorker.register('/sw.js')
  await tell(wants())
  on = true
  show('On. One notification for each new review.')
}

async function turnOff() {
  const known = await kept()
  await (await (await navigator.serviceWorker.ready).pushManager.getSubscription())?.unsubscribe()
  await (await drawer()).delete('/kept')
  if (known) await ask('DELETE', `/${known.id}`, undefined, known.manageToken).catch(() => {})
  on = false
  show('Off.')
}

// On every visit: how it stands, and once per tab whether the server still knows us.
async function look() {
  if (!window.PushManager)
    return show(
      /iP(hone|ad)|Mac.*Mobile/.test(navigator.userAgent)
        ? 'On an iPhone, first add MyMovies to the Home Screen.'
        : 'This browser cannot show notifications.',
      false,
    )
  if (Notification.permission === 'denied')
    return show(
      'Blocked. You can allow notifications in your browser, beside the address of this page.',
      false,
    )
  on = Boolean(
    await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription(),
  )
  show('')
  if (!on || sessionStorage.told) return
  await tell()
  sessionStorage.told = 1
}

const failed = error => show(`Not changed: ${error.message}`)
for (const button of buttons)
  button.onclick = () => {
    show('', false)
    ;(on ? turnOff() : turnOn()).catch(failed)
  }
if (form) form.addEventListener('change', () => on && tell(wants()).catch(failed))
look().catch(() => show(''))

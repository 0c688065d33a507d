/**
 * The words with which other platforms say who gets email and who had left, folded by `foldName`, in
 * the languages that their exports come in.
 */
import { foldText } from '../../../shared/fold-text'
import { foldName } from './fold-name'

/** Why nobody may write to an address. */
export type Departure = 'left' | 'bounced' | 'unconfirmed'

const list = (words: string) => new Set(words.trim().split(/\s+/).map(foldName))
/** Matches one of the stems anywhere in a folded text; ^ and $ hold them to its ends. */
const stems = (words: string) => new RegExp(words.trim().split(/\s+/).map(foldText).join('|'), 'u')

/** A status in which every word is one of these is that of a subscriber, paying or not. */
const ACTIVE = list(`
  active subscribed subscriber enabled confirmed verified valid ok yes y true t 1 on c a optin optedin opt opted in
  single double explicit express implied implicit granted accepted allowed registered member current live normal mailable
  deliverable marketing engaged new regular free paid paying premium comped complimentary gift gifted trial
  trialing trialed lifetime founding customer contact
  aktiv aktiviert abonniert angemeldet bestätigt eingetragen ja
  actif active abonné abonnée inscrit inscrite confirmé confirmée oui
  activo activa suscrito suscrita suscriptor confirmado confirmada sí habilitado ativo ativa inscrito inscrita subscrito assinante sim
  attivo attiva iscritto iscritta confermato confermata sì
  actief ingeschreven aangemeld geabonneerd bevestigd
  aktywny aktywna zapisany zapisana potwierdzony potwierdzona subskrybent tak
  aktivní přihlášen přihlášený odběratel ano aktívny prihlásený áno
  aktiivinen tilaaja kyllä prenumererar prenumerant abonnent bekräftad påmeldt tilmeldt
  activ abonat aktív feliratkozott igen ενεργός εγγεγραμμένος ναι
  активен активный активна подписан подписана подписчик подтвержден подтверждён да активний підписаний підтверджений так
  aktif etkin abone onaylı evet
  購読中 有効 登録済み 登録済 登録 配信中 配信可 はい
  已订阅 订阅 已訂閱 訂閱 有效 正常 激活 已激活 已确认 是 구독 구독중 활성 확인됨 예
`)

/** What a mail server or a filter said about the address. */
const BOUNCED = stems(`
  bounc clean quarantin undeliver invalid not_valid no_longer_valid hard_?fail unzustellbar ungultig bereinigt rebot devuelt rebond
  nettoye limpiad limpo rimbalz pulit inesist opgeschoond onbestelbaar odbit nieprawid nedoruc neplatn
  доставлен недоставлен недействит невалид очищ エラー 不達 無効 退信 无效 無效 반송
`)

/** Asked and never answered, or never asked at all. */
const UNCONFIRMED = stems(`
  unconfirm not_confirm non_?confirm no_confirm pending await waiting unverif not_verif unactivat not_activated
  not_yet needs_ validating ^unknown_consent never non_?subscri not_subscri unsubscribed_never nosubscri no_consent transactional
  non_marketing not_set not_opted no_opt not_sending nicht_bestatigt unbestatigt ausstehend warte en_attente non_abonn pendiente
  pendente sin_confirmar nao_confirm in_attesa in_afwachting niet_bevestig oczekuj niepotwierdz cekajici nepotvrz
  odottaa vahvistamat vantande obekraft ikke_bekreft afventer ожида неподтвержд не_подтвержд onaylanmam beklem bekliyor
  未確認 仮登録 確認待 未确认 待确认 未確認 미확인 대기
`)

/** Left, complained, was blocked or switched off. */
const LEFT = stems(`
  ^by_ unsub un_sub opt(ed|s|ing)?_?out ^out$ signed_off cancel complain spam abuse junk block black_?list (^|_)ban(ned)?$ suppress
  inactiv deactiv disabl not_active no_activ archiv delet remov stopped ^stop(_|$) paused churn withdr[ae]w revok
  declin reject denied forbid refus exclud do_?not_ dont_ no_?mail ^not?_ objected erased
  abgemeldet abbestell ausgetragen austrag abmeld kundig widerruf widersproch gesperrt blockiert deaktiv inaktiv gelosch beschwerd
  desinscri desabonn resili bloqu inactif desactiv supprim plainte ^refuse baja desuscri cancelad anulad eliminad inactiv queja
  descadastr inativ removid reclam disiscri cancellat annullat disattiv inattiv bloccat segnalat
  afgemeld afmeld uitgeschreven uitschrijv opgezegd opzeg inactief geblokkeerd verwijderd klacht wypis wyrejestrow rezygn anulowan nieaktywn zablokow usuniet
  odhlas neaktivn blokov zrusen peruut poistunut estetty avregistr avprenum avslutad avmeldt avanmal frameldt inaktiv
  dezabon leiratkoz διαγραμμ διαγραφ ανενεργ
  отпис опт_?аут отказ отключ заблок неактив удал жалоб відпис неактивн
  abonelikten iptal ayrild pasif engell
  配信停止 退会 解除 停止 ブロック 削除 退订 退訂 取消 已屏蔽 屏蔽 黑名单 已删除 停用 수신거부 구독취소 해지 차단 탈퇴 삭제
`)

/** Words that mean only this, in whatever column they stand. */
const PLAIN = stems(
  `
  unsubscribed? opted_out opt_out cleaned (hard_)?bounced? complained spam_complaint block_?listed black_?listed suppressed
  do_not_(contact|email|mail) abgemeldet abbestellt desinscrite? desabonnee? desuscrito dado_de_baja descadastrado disiscritto
  disiscritta afgemeld uitgeschreven wypisany odhlasen(y)? avregistrerad отписан(а)? 配信停止 退会 退订 已退订 取消订阅 수신거부 구독취소
`
    .trim()
    .split(/\s+/)
    .map(word => `^${word}$`)
    .join(' '),
)

/** A longer text is a remark, not a status. */
const LONGEST = 60

/** What a status, or the name of a column, says; undefined if we do not know the word. */
export function readStatus(text: string): 'active' | Departure | undefined {
  if (text.length > LONGEST) return undefined
  const folded = foldName(text)
  if (folded && folded.split('_').every(word => ACTIVE.has(word))) return 'active'
  if (BOUNCED.test(folded) || folded === 'b') return 'bounced'
  if (UNCONFIRMED.test(folded) || folded === 's') return 'unconfirmed'
  return LEFT.test(folded) || ['u', 'p'].includes(folded) ? 'left' : undefined
}

/** The same for a text that may be anything: only words that cannot mean anything else. */
export const readPlainDeparture = (text: string) =>
  text.length <= LONGEST && !/[\d@]/.test(text) && PLAIN.test(foldName(text))
    ? readStatus(text)
    : undefined

const NO = list(
  '0 -1 false f no n none off never nein non nej ei não nie ne nee нет ні hayır όχι いいえ 否 아니오',
)
const YES = list(
  't true y yes x on ja oui si sim tak ano áno kyllä igen ναι да так evet はい 是 예',
)
const NOTHING =
  /^(?:-*|—|\\N|n\/a|null|nil|nan|undefined|\[\]|\{\}|0{4}-00-00.*|0001-01-01.*|1970-01-01.*)$/i

/** True for an empty field, however a platform writes one. */
export const isNothing = (text: string) => NOTHING.test(text)
export const isYes = (text: string) => YES.has(foldName(text))
export const isNo = (text: string) => NO.has(foldName(text))

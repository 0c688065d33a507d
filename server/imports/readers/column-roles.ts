/** Recognises the columns of other platforms' exports by their names, in many languages. */
import { foldText } from '../../../shared/fold-text'
import { foldName } from './fold-name'
import { type Departure, readStatus } from './status-words'

/**
 * What a column says: the address; the day of consent, best proof first (`rank`); the status; that
 * somebody left (`departure`) or is in; or perhaps a status, under a name that we do not know.
 */
export type Role =
  | { is: 'address'; certain: boolean }
  | { is: 'status' | 'perhaps' | 'other' }
  | { is: 'departure'; departure: Departure }
  | { is: 'member'; unless: Departure; rank?: number }
  | { is: 'consent'; rank: number }

const roles = new Map<string, Role>()
/** A file could name a new column in each line. */
const MOST_NAMES = 10_000

export function roleOf(name: string): Role {
  const known = roles.get(name)
  if (known) return known
  if (roles.size >= MOST_NAMES) roles.clear()
  const role = judge(foldName(name).replace(/_\d+$/, ''))
  roles.set(name, role)
  return role
}

function judge(name: string): Role {
  if (EMAIL.test(name)) return { is: 'address', certain: true }
  if (STATUS.test(name)) return { is: 'status' }
  if (NO_STATUS.test(name) && !HOW_THEY_LEFT.test(name)) return { is: 'other' }
  const says = readStatus(name)
  if (says && says !== 'active' && !/stat(?:us|ut|e)$/.test(name))
    return { is: 'departure', departure: says }
  const rank = rankOf(name)
  if (MEMBER.test(name))
    return { is: 'member', unless: CONFIRMED.test(name) ? 'unconfirmed' : 'left', rank }
  if (MAIL.test(name) && !PERHAPS.test(name)) return { is: 'address', certain: false }
  if (rank !== undefined) return { is: 'consent', rank }
  return { is: PERHAPS.test(name) ? 'perhaps' : 'other' }
}

/** Nothing after 2, which is the best proof that a file of sign-ups has. */
function rankOf(name: string): number | undefined {
  if (
    /last|updat|modif|chang|birth|gebur|naiss|nacim|open|click|(?:^|_)sent|login|order/.test(name)
  )
    return undefined
  const rank = [CONFIRMED, SUBSCRIBED, CREATED].findIndex(pattern => pattern.test(name))
  return rank < 0 ? undefined : rank
}

const folded = (...words: string[]) => words.map(foldText).join('|')

const MAIL = new RegExp(
  folded(
    'mail',
    '^address$',
    'correo',
    'e_?post',
    'почта',
    'пошта',
    'メール',
    '邮箱',
    '邮件',
    '郵件',
    '이메일',
    'sähköposti',
    'ηλεκτρονικ',
  ),
)
const EMAIL =
  /^(?:(?:subscriber|contact|user|member|primary|your)_)?(?:e_?mails?|mail)(?:_?(?:address|adresse?|addr|id))?$/

const WHOSE =
  /(?:e_?mail|mail|newsletter|mailing|subscri\w+|list|global|contact|marketing|permission|consent|opt_?in|delivery|abo)/
const STATUS = new RegExp(
  `^(?:${WHOSE.source}_)*(?:${folded('status', 'statut', 'статус', 'ステータス', '状態', '状态', '狀態', '상태', 'κατάσταση', 'durum')})$|^subscriber_type$|^email_(?:marketing_)?consent$|^subscription_state$`,
)

/** Numbers, addresses and keys about emails; what was paid; postal addresses. */
const NO_STATUS =
  /(?:^|_)(?:url|links?|token|hash|key|code|page|ids?|uuid|ip|number|num|total|rate|score|source|method|lang|language|format|type|percent|opens?|clicks?|sent|names?|street|comments?|notes?|description|plan|tier)(?:_|$)|count|soft|track|expir|^(?:marketing_)?emails_|^active_subscription$|^no_of_|^optedin$|^lead_status$|postal|^address_/

/** Filled in only for somebody who left. */
const HOW_THEY_LEFT =
  /(?:bounc|unsub|opt_?out|complain)[a-z]*_(?:sub)?(?:type|reason|source|ip|category|class)$/

const CONFIRMED = new RegExp(
  folded(
    'confirm',
    'verif',
    'bestätig',
    'conferm',
    'potwierdz',
    'potvrz',
    'подтвержд',
    '確認',
    '确认',
    '확인',
    'onay',
  ),
)
const SUBSCRIBED = new RegExp(
  folded(
    'subscri',
    'opt_?(ed_?)?in',
    '_opt$',
    'consent',
    'sign(ed)?_?up',
    'permission',
    'anmeld',
    'angemeldet',
    'abonn',
    'eingetragen',
    'einwillig',
    'inscri',
    'suscri',
    'iscri',
    'aangemeld',
    'inschrij',
    'zapis',
    'přihlá',
    'tilau',
    'prenumer',
    'подпис',
    'підпис',
    'abone',
    'kayıt',
    '登録',
    '購読',
    '订阅',
    '訂閱',
    '구독',
    '가입',
    'εγγραφ',
  ),
)
const CREATED = new RegExp(
  `^(?:date|datum|fecha|data|timestamp|time|ts|дата)$|${folded('creat', 'added', '^entered', 'regist', 'join', 'erstell', 'anlage', 'hinzugefügt', 'création', 'créé', 'ajout', '(^|_)alta', 'agregad', 'añadid', 'criad', 'criação', 'aggiunt', 'toegevoegd', 'aangemaakt', 'dodan', 'utworz', 'vytvoř', 'luotu', 'skapad', 'oprettet', 'создан', 'добавл', 'створен', 'eklen', '作成', '追加', '创建', '加入', '添加', '생성')}`,
)

const MEMBER =
  /^(?:(?:is|has|email|e_mail|mail|newsletter|marketing|currently)_)*(?:subscribed|active|enabled|confirmed|verified|valid|opt(?:ed)?_?in|double_opt_?in|accepts_(?:email_)?marketing|(?:can_)?receives?_\w+|allow_\w+|newsletter|consent|mailable|deliverable|abonniert|aktiv|actif|activo|ativo|attivo|actief|aktywny)(?:_(?:to|for)_.+)?$/

const PERHAPS = new RegExp(
  folded(
    'stat(us|e|ut|o)',
    'estado',
    'zustand',
    'статус',
    'stav$',
    'stan$',
    'ステータス',
    '状態',
    '状态',
    '상태',
    'subscri',
    'abonn',
    'abo$',
    'opt_',
    'consent',
    'permission',
    'mailable',
    'deliver',
    'newsletter',
    'marketing',
    'member',
    'einwillig',
    'zustimm',
    'flag',
    'enabled',
    'active',
    'health',
    'reachab',
    'contactab',
  ),
)

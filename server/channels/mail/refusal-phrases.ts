/** The phrases by which mail servers say what is the matter, collected from reports of many kinds. */

const any = (...phrases: string[]) => new RegExp(phrases.join('|'), 'iu')

const WHO =
  'users?|mailbox|recipients?|account|e-?mail address|address(?:es)?|alias|addressee|local[- ]?part|person|userid'

/** There is no such address. */
export const UNKNOWN = any(
  String.raw`\b(?:unknown|invalid|no such|no valid|non-?existent|unrouteable|unroutable|illegal|bad|undefined|unrecogni[sz]ed)[ -](?:(?:local|e-?mail|mail|destination|final|delivery|virtual|envelope|or|unknown|illegal|invalid)[ -])*(?:${WHO})\b(?! (?:format|syntax))`,
  String.raw`\b(?:${WHO})\b(?:[^.\n]|\.(?=\S)){0,80}?(?:not found|unknown|not known|n[o']t exists?\b|does not exist|no longer (?:valid|exists?|active here|on server|available)|is not (?:a )?(?:valid|known|registered|recogni[sz]ed|listed|local)|is (?:an )?invalid|is wrong|not listed in|not present|invalid\b|(?:could|can) ?not be found|was not found|has been (?:deleted|removed|closed))`,
  String.raw`\bnot (?:a|an|our) (?:valid|known|registered|local|active)? ?(?:${WHO}|customer)\b`,
  String.raw`\bno (?:mail ?box|such|user|users|account|one|person)\b[^.\n]{0,20}(?:\bhere\b|by that name|with this name|at this address|found)`,
  "does(?: not|n't|nt) have an? [^\\n]{1,60} account",
  'there is no (?:one|user|such)|recipient ?not ?found|has been replaced by|> (?:not found|does not exist)',
  'did not exactly match|no matches to (?:nameserver|directory)|does not match any (?:user|account)',
  'unbekannter? (?:benutzer|empf)|empf.{1,6}nger (?:unbekannt|existiert nicht)|(?:adresse|benutzer) existiert nicht',
  'utilisateur (?:inconnu|non recens)|(?:adresse|bo.te|compte|destinataire)[^\\n]{0,60}(?:inconnue?|existe pas)',
  'usuario (?:desconocido|no existe)|(?:cuenta|buz.n|direcci.n)[^\\n]{0,40}no existe|no existe (?:dicha|ese|esa|el|la)|usu.rio (?:desconhecido|n.o existe)|utente sconosciuto|nessun utente|non esiste',
  'не существует|пользовател\\S* (?:не найден|неизвест)|нет такого пользователя|такого пользователя нет',
  '用户不存在|邮箱不存在|收件人不存在|存在しません|見つかりません',
)

/** There is no such server. */
export const UNKNOWN_HOST = any(
  "couldn't find any host (?:by that name|named)",
  '(?:unrouteable|unroutable) mail domain|no such domain|domain (?:name )?does(?: not|n.t) exist',
  'unknown (?:host|domain)|host(?: or domain name)? (?:is )?(?:not found|unknown)',
  'all relevant mx records point to non-existent hosts',
)

/** The mailbox is full, and its owner may empty it. */
export const FULL = any(
  'quota',
  String.raw`(?:over|exceed\w*|out of|reached)[^.\n]{0,40}(?:storage|space)`,
  String.raw`(?:mail ?box|inbox|disk|account|folder)[^.\n]{0,30}\bfull\b|full mailbox`,
  'too much mail|not (?:have )?enough[^\\n]{0,20}space|space (?:has been used up|not enough)|insufficient (?:disk|storage|space)',
  'bo.te[^\\n]{0,30}(?:pleine|archiv)|buz.n[^\\n]{0,20}lleno|postfach[^\\n]{0,20}voll|переполнен',
)

/** It is about us, or about this email. */
export const ABOUT_US = any(
  'spam|unsolicited|junk|bulk|phish|virus|malware|malicious|harmful|abus[ei]|complaint',
  String.raw`(?:black|block|deny|reject)[ -]?list|\bblock(?:ed|ing|s)?\b|dnsb?l|\brbl\b|spamhaus|spamcop|barracuda|reputation|(?<!not )listed (?:in|at|by|on)|banned|suspicious`,
  'polic(?:y|ies)|administrati|prohibit|refused|refuse to|security|restrict|permission|permitted|not allowed|disallowed|access denied|not authori[sz]ed|unauthori[sz]ed|\\bmembers?\\b|mailing list|subscrib|preferences|organi[sz]ation(?:al)? (?:policy|setting)|not ?authorized|protected|user reject|go away|no access|open proxy|mass mailer|filter|has detected|smtp server of|bounced address',
  String.raw`\brelay(?:ing|s)?\b(?!=| recipient table)|rcpthosts|tls|dmarc|dkim|\bspf\b|batv|backscatter|authent|reverse|\bptr\b|helo|ehlo|client host|your (?:host|ip|domain|server|network)|client ip|dynamic ip|qualified|emetteur|reject, id|\bsenders?\b|from: domain|(?:bogus|invalid) mail from|mail from not|dsns?\b`,
  String.raw`content (?:denied|rejected|filter)|(?:rejecting|unacceptable|its)[^.\n]{0,10} content|attachments? (?:on|are|is|not)|syntax|protocol|charset|\bformat|header (?:error|are)`,
)

/** Whatever else is said with it, we were not let in to ask for the address. */
export const NOT_LET_IN = any(
  String.raw`\brelay(?:ing|s)?\b(?!=| recipient table)|rcpthosts|access (?:is )?denied|\bblock(?:ed|ing)? (?:by|using|for|due|because|at|on|in)\b`,
)

/** It is about us, about this email, or about today. */
export const ABOUT_US_OR_TODAY = any(
  ABOUT_US.source,
  String.raw`rate[ -]?limit|too (?:many|much|fast|quickly|large|big|long)|throttl|limits?\b|exceed|maximum|message size|grey-?list|at a rate`,
  String.raw`temporar|try again|try later|\blater\b|delayed|deferred|time(?:d)? ?-?out|expired|gave up|retr(?:y|ied)|in the queue|connect|routing|look ?up|\bhops?\b|\bloop|congest|overload|resources|busy|system error|internal error|configur|local error|in processing|interrupted|encountered an error|write error|(?:can't|cannot|could not) (?:create|load|resolve)|transaction failed|unreachable|dead domain`,
  'challenge|verif(?:y|ied|ication)',
)

/** The same, or it is about a mailbox that exists. */
export const OTHERWISE = any(
  ABOUT_US_OR_TODAY.source,
  String.raw`suspend|inactiv|deactivat|disabled|discontinued|locked|frozen|accepting|does not accept|(?:do|recipient) not accept|n[o']t accept (?:mail|e-?mail|messages)|not active|(?:service|server)[^.\n]{0,20} unavailable`,
)

/** The server will try again, or warns. */
export const DELAY = any(
  'warning message only|this is (?:just )?a warning|will be retried|will continue to (?:try|attempt)|not yet been delivered|has been (?:delayed|postponed)|delivery attempts will continue|do not need to (?:resend|take any action)|delivery delay|delayed mail|noch nicht zugestellt',
)

/** An email did not arrive; nobody who is away says so. */
export const NOT_DELIVERED = any(
  String.raw`undeliver|not (?:be )?(?:been )?deliver|deliver\S* (?:has |have )?(?:fail|status|error)|returned mail|did not reach|unzustellbar|non (?:remis|distribu)|не доставлен`,
)

/** An email did not arrive. */
export const FAILURE = any(
  NOT_DELIVERED.source,
  String.raw`\bfail|rejected|could not be|unable to|permanent|не может`,
)

/** Somebody is away, and has an answer sent. */
export const ABSENCE = any(
  String.raw`\bout[- ]of[- ](?:the[- ])?office|\booo\b|\baway\b|\bon (?:annual |parental |maternity |sick |medical )?(?:leave|holidays?)\b|\bauto(?:matic|mated)?[- ]?(?:reply|response|responder)|vacation|absen(?:ce|t\b)`,
  'abwesen|im urlaub|nicht im b.ro|automatische antwort|r.ponse automatique|en cong|en vacances|bureau ferm',
  'fuera de (?:la )?oficina|de vacaciones|ausen(?:te|cia)|respuesta autom|fuori (?:sede|ufficio)|in ferie|assen(?:te|za)|risposta automatica|de f.rias|resposta autom',
  'afwezig|automatisch antwoord|fr.nvaro|autosvar|frav.r|poissa|nieobecno|urlop|autoodpowied',
  'в отпуске|отсутств|автоответ|不在|休暇|自动回复|自動返信|外出中|부재중',
)

/** Who had the address has left, and somebody else has its email answered. */
export const LEFT = any(
  'no longer (?:an? )?(?:valid|works?|working|employed|with|at|in use|active|monitored)|has left (?:the|our)|nicht mehr (?:bei|in unserem|für)|ne (?:travaille|fait) plus|ya no trabaja',
)

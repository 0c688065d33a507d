/** Exports of other platforms: whoever may be written to is imported, whoever had left is remembered. */
import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppTables } from '../../../server/db/schema'
import { importReaders } from '../../../server/imports/readers/import'
import { askByMail, confirmByMail } from '../../../server/readers/confirmation/double-opt-in'
import { place } from '../../readers/place'

const NOW = Date.parse('2026-11-23T12:00:00Z')
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await place()
})

async function* once(file: string | Buffer) {
  yield Buffer.from(file)
}
const take = (file: string | Buffer, dryRun = false) =>
  importReaders(app, once(file), {
    now: NOW,
    head: async () => 7,
    mayCall: () => undefined,
    dryRun,
  })
const readers = async () =>
  (await app.selectFrom('mail_readers').selectAll().orderBy('email').execute()).map(
    ({ email }) => email.split('@')[0],
  )
const remembered = async () => (await app.selectFrom('suppressions').selectAll().execute()).length

/** In each export, addresses that begin with `in` may be written to, `out` may not. */
const EXPORTS: [platform: string, file: string][] = [
  [
    'Mailchimp, subscribed',
    `"Email Address","First Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS
in1@x.org,Ann,2,,,"2024-03-01 10:00:00",1.2.3.4,"2024-03-01 10:00:00",1,abc,,"""film"""
in2@x.org,Bob,2,"2024-03-01 10:00:00",1.2.3.4,,,"2024-03-01 10:00:00",2,abd,,`,
  ],
  [
    'Mailchimp, unsubscribed',
    `"Email Address","First Name",MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON
out1@x.org,Ann,2,,"2024-03-01 10:00:00","2024-04-01 10:00:00",June,"NORMAL"`,
  ],
  [
    'Mailchimp, cleaned',
    `Email Address,CONFIRM_TIME,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\nout1@x.org,2024-03-01 10:00:00,2024-04-01 10:00:00,June`,
  ],
  [
    'Mailchimp API',
    `{"email_address":"in1@x.org","status":"subscribed","timestamp_opt":"2024-03-01T10:00:00+00:00"}
{"email_address":"out1@x.org","status":"cleaned","timestamp_opt":"2024-03-01T10:00:00+00:00"}
{"email_address":"out2@x.org","status":"archived","timestamp_opt":"2024-03-01T10:00:00+00:00"}
{"email_address":"out3@x.org","status":"transactional","timestamp_opt":"2024-03-01T10:00:00+00:00"}`,
  ],
  [
    'Substack',
    `email,active_subscription,expiry,plan,email_disabled,digest_enabled,created_at,first_payment_at
in1@x.org,false,,other,false,false,2024-03-01T10:00:00.000Z,
in2@x.org,true,2027-01-01T00:00:00.000Z,yearly,false,true,2024-03-01T10:00:00.000Z,2024-03-02T00:00:00.000Z
out1@x.org,true,2027-01-01T00:00:00.000Z,yearly,true,false,2024-03-01T10:00:00.000Z,`,
  ],
  [
    'Ghost',
    `id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers
a,in1@x.org,Ann,,true,false,,2024-03-01T10:00:00.000Z,,,
b,out1@x.org,Bob,,false,false,,2024-03-01T10:00:00.000Z,,,
c,out2@x.org,Cy,,true,false,,2024-03-01T10:00:00.000Z,2024-05-01T10:00:00.000Z,,`,
  ],
  [
    'Listmonk',
    `uuid,email,name,attributes,status,created_at,updated_at
u,in1@x.org,Ann,{},enabled,2024-03-01 10:00:00.123456 +0000 UTC,2024-03-01 10:00:00.123456 +0000 UTC
u,out1@x.org,Bob,{},blocklisted,2024-03-01 10:00:00.123456 +0000 UTC,x
u,out2@x.org,Cy,{},disabled,2024-03-01 10:00:00.123456 +0000 UTC,x`,
  ],
  [
    'Listmonk, with lists',
    `{"email":"in1@x.org","status":"enabled","created_at":"2024-03-01T10:00:00Z","lists":[{"name":"Film","subscription_status":"confirmed"}]}
{"email":"out1@x.org","status":"enabled","created_at":"2024-03-01T10:00:00Z","lists":[{"name":"Film","subscription_status":"unsubscribed"}]}`,
  ],
  [
    'Brevo',
    `CONTACT ID;EMAIL;FIRSTNAME;BLACKLIST;ADDED_TIME;MODIFIED_TIME
1;in1@x.org;Ann;0;01-03-2024;2024-05-01
2;out1@x.org;Bob;1;01-03-2024;2024-05-01`,
  ],
  [
    'Brevo API',
    `{"email":"in1@x.org","emailBlacklisted":false,"createdAt":"2024-03-01T10:00:00.000+01:00"}
{"email":"out1@x.org","emailBlacklisted":true,"createdAt":"2024-03-01T10:00:00.000+01:00"}`,
  ],
  [
    'Buttondown',
    `email,notes,metadata,tags,referrer_url,secondary_id,subscriber_type,creation_date,utm_source
in1@x.org,,{},,,1,regular,2024-03-01T10:00:00Z,
in2@x.org,,{},,,1,premium,2024-03-01T10:00:00Z,
out1@x.org,,{},,,1,unsubscribed,2024-03-01T10:00:00Z,
out2@x.org,,{},,,1,unactivated,2024-03-01T10:00:00Z,
out3@x.org,,{},,,1,complained,2024-03-01T10:00:00Z,
out4@x.org,,{},,,1,undeliverable,2024-03-01T10:00:00Z,
out5@x.org,,{},,,1,removed,2024-03-01T10:00:00Z,`,
  ],
  [
    'beehiiv',
    `id,email,status,created_at,subscription_tier,unsubscribed_at
1,in1@x.org,active,2024-03-01 10:00:00 UTC,free,
2,out1@x.org,inactive,2024-03-01 10:00:00 UTC,free,
3,out2@x.org,pending,2024-03-01 10:00:00 UTC,free,
4,out3@x.org,needs_attention,2024-03-01 10:00:00 UTC,free,`,
  ],
  [
    'Kit',
    `email,first_name,state,created_at,tags
in1@x.org,Ann,active,2024-03-01T10:00:00Z,
out1@x.org,Bob,cancelled,2024-03-01T10:00:00Z,
out2@x.org,Cy,bounced,2024-03-01T10:00:00Z,
out3@x.org,Di,complained,2024-03-01T10:00:00Z,
out4@x.org,Ed,inactive,2024-03-01T10:00:00Z,`,
  ],
  [
    'MailerLite',
    `Subscriber,Status,Sent,Opens,Clicks,Subscribed,Unsubscribed,Location
in1@x.org,Active,3,1,0,2024-03-01 10:00:00,,Vienna
out1@x.org,Unsubscribed,3,1,0,2024-03-01 10:00:00,2024-05-01 10:00:00,Vienna
out2@x.org,Junk,3,1,0,2024-03-01 10:00:00,,Vienna`,
  ],
  [
    'Campaign Monitor',
    `Email Address,Name,State,Date Subscribed,Date Unsubscribed
in1@x.org,Ann,CA,1 Mar 2024 10:00,
out1@x.org,Bob,NY,1 Mar 2024 10:00,1 May 2024 10:00`,
  ],
  [
    'Constant Contact',
    `Email address,First name,Email status,Email permission status,Email Opt-In Date,Confirmed Opt-Out Date,Confirmed Opt-Out Reason
in1@x.org,Ann,Active,Express,"Mar 1, 2024 10:00 AM",,
out1@x.org,Bob,Unsubscribed,Express,"Mar 1, 2024 10:00 AM",,
out2@x.org,Cy,Active,Express,"Mar 1, 2024 10:00 AM","May 1, 2024 10:00 AM",Too many`,
  ],
  [
    'AWeber',
    `Email,Name,IP Address,Date Added,Status,Stop Time,Stop Status,Verified
in1@x.org,Ann,1.2.3.4,03/01/24 10:00 AM,subscribed,,,yes
out1@x.org,Bob,1.2.3.4,03/21/24 10:00 AM,unsubscribed,,,yes
out2@x.org,Cy,1.2.3.4,03/01/24 10:00 AM,subscribed,05/01/24,user,yes
out3@x.org,Di,1.2.3.4,03/01/24 10:00 AM,subscribed,,,no`,
  ],
  [
    'GetResponse',
    `"Name","Email","Subscribed on","Unsubscribed on","Removal reason"
Ann,in1@x.org,"2024-03-01 10:00:00","",""
Bob,out1@x.org,"2024-03-01 10:00:00","2024-05-01 10:00:00","user"`,
  ],
  [
    'Revue',
    `email,first_name,created_at,unsubscribed_at\nin1@x.org,Ann,2024-03-01 10:00:00 UTC,\nout1@x.org,B,2024-03-01 10:00:00 UTC,2024-05-01 10:00:00 UTC`,
  ],
  [
    'Sendy',
    `Name,Email,Last activity,Status,Joined
Ann,in1@x.org,1 day ago,Subscribed,1709287200
Bob,out1@x.org,,Unsubscribed,1709287200
Cy,out2@x.org,,Marked as spam,1709287200
Di,out3@x.org,,Bounced,1709287200
Ed,out4@x.org,,Unconfirmed,1709287200`,
  ],
  [
    'phpList',
    `ID\temail\tconfirmed\tblacklisted\toptedin\tbouncecount\tentered\tmodified\tdisabled
1\tin1@x.org\t1\t0\t0\t3\t2024-03-01 10:00:00\t2024-03-01\t0
2\tout1@x.org\t0\t0\t0\t0\t2024-03-01 10:00:00\t2024-03-01\t0
3\tout2@x.org\t1\t1\t0\t0\t2024-03-01 10:00:00\t2024-03-01\t0
4\tout3@x.org\t1\t0\t0\t0\t2024-03-01 10:00:00\t2024-03-01\t1`,
  ],
  [
    'Mailman',
    `address,display_name,delivery_mode,delivery_status,subscribed
in1@x.org,Ann,regular,enabled,2024-03-01
out1@x.org,Bob,regular,by_bounces,2024-03-01
out2@x.org,Cy,regular,by_user,2024-03-01`,
  ],
  [
    'MailPoet',
    `"Email","First name","List status","Global status","Subscribed on"
in1@x.org,Ann,Subscribed,Subscribed,"2024-03-01 10:00:00"
out1@x.org,Bob,Subscribed,Unsubscribed,"2024-03-01 10:00:00"
out2@x.org,Cy,Unsubscribed,Subscribed,"2024-03-01 10:00:00"
out3@x.org,Di,Subscribed,Bounced,"2024-03-01 10:00:00"`,
  ],
  [
    'The Newsletter Plugin',
    `"email";"name";"status";"created";"token"
in1@x.org;Ann;C;2024-03-01 10:00:00;a
out1@x.org;Bob;S;2024-03-01 10:00:00;b
out2@x.org;Cy;U;2024-03-01 10:00:00;c
out3@x.org;Di;B;2024-03-01 10:00:00;d`,
  ],
  [
    'Jetpack',
    `Email,Subscription status,Subscription date
in1@x.org,Subscribed,"March 1, 2024"
out1@x.org,Not confirmed,"March 1, 2024"
out2@x.org,Not sending,"March 1, 2024"`,
  ],
  [
    'HubSpot',
    `Record ID,First Name,Email,Create Date,Unsubscribed from all email,Email hard bounce reason,Marketing contact status,Lead Status,Emails Bounced
1,Ann,in1@x.org,2024-03-01 10:00,,,Marketing contact,Open,1
2,Bob,out1@x.org,2024-03-01 10:00,true,,Marketing contact,New,
3,Cy,out2@x.org,2024-03-01 10:00,,Unknown user,Marketing contact,,
4,Di,out3@x.org,2024-03-01 10:00,,,Non-marketing contact,,`,
  ],
  [
    'ActiveCampaign',
    `Email,First Name,Date Created,Subscribe Date,Unsubscribe Date,Status
in1@x.org,Ann,2024-03-01 10:00:00,2024-03-01 10:00:00,,Active
out1@x.org,Bob,2024-03-01 10:00:00,2024-03-01,2024-05-01 10:00:00,Active
out2@x.org,Cy,2024-03-01 10:00:00,2024-03-01,,Unconfirmed`,
  ],
  [
    'Klaviyo',
    `Email,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions,Profile Created On
in1@x.org,SUBSCRIBED,2024-03-01T10:00:00+00:00,[],2024-03-01
out1@x.org,UNSUBSCRIBED,2024-03-01T10:00:00+00:00,[],2024-03-01
out2@x.org,NEVER_SUBSCRIBED,,[],2024-03-01
out3@x.org,SUBSCRIBED,2024-03-01T10:00:00+00:00,"[HARD_BOUNCE]",2024-03-01`,
  ],
  [
    'Mailster',
    `email,firstname,status,added,confirm\nin1@x.org,Ann,subscribed,2024-03-01 10:00:00,2024-03-01\nout1@x.org,Bob,hardbounced,2024-03-01 10:00:00,2024-03-01`,
  ],
  [
    'German',
    `E-Mail-Adresse;Vorname;Status;Angemeldet am;Abgemeldet am
in1@x.org;Ann;aktiv;01.03.2024 10:00;
out1@x.org;Bob;abgemeldet;01.03.2024;
out2@x.org;Cy;aktiv;01.03.2024;02.05.2024
out3@x.org;Di;inaktiv;01.03.2024;
out4@x.org;Ed;unbestätigt;01.03.2024;`,
  ],
  [
    'French',
    `Adresse e-mail;Prénom;Statut;Date d'inscription;Date de désinscription
in1@x.org;Ann;Abonné;1 mars 2024;
out1@x.org;Bob;Désabonné;1 mars 2024;
out2@x.org;Cy;Abonné;1 mars 2024;2 mai 2024`,
  ],
  [
    'Spanish',
    `Correo electrónico,Estado,Fecha de suscripción,Fecha de baja
in1@x.org,Activo,2024/03/01,
out1@x.org,Dado de baja,2024/03/01,
out2@x.org,Activo,2024/03/01,2024/05/01`,
  ],
  [
    'Italian and Portuguese',
    `Indirizzo email,Stato,Data di iscrizione\nin1@x.org,Iscritto,1 marzo 2024\nout1@x.org,Disiscritto,1 marzo 2024\nout2@x.org,Cancelado,1 marzo 2024\nin2@x.org,Ativo,1 marzo 2024`,
  ],
  [
    'Russian',
    `Электронная почта,Статус,Дата подписки\nin1@x.org,Подписан,1 марта 2024\nout1@x.org,Отписан,1 марта 2024\nout2@x.org,Не подтвержден,1 марта 2024`,
  ],
  [
    'Japanese',
    `メールアドレス,ステータス,登録日\nin1@x.org,購読中,2024年3月1日\nout1@x.org,配信停止,2024年3月1日\nout2@x.org,エラー,2024/03/01`,
  ],
  [
    'Chinese',
    `电子邮件,状态,订阅时间\nin1@x.org,已订阅,2024-03-01\nout1@x.org,已退订,2024-03-01\nout2@x.org,黑名单,2024-03-01`,
  ],
  [
    'Omnisend',
    `Email,Email subscription status,Date added
in1@x.org,subscribed,2024-03-01
out1@x.org,nonSubscribed,2024-03-01
out2@x.org,unsubscribed,2024-03-01`,
  ],
  [
    'Shopify',
    `First Name,Email,Accepts Email Marketing,Created At
A,in1@x.org,yes,2024-03-01
B,out1@x.org,no,2024-03-01`,
  ],
  [
    'Wix',
    `Email 1,Email subscriber status,Created At (UTC+0)
in1@x.org,Subscribed,2024-03-01 10:00
out1@x.org,Never subscribed,2024-03-01 10:00
out2@x.org,Unsubscribed,2024-03-01 10:00`,
  ],
  [
    'Mailjet',
    `email,createdat,isexcludedfromcampaigns,isoptinpending
in1@x.org,2024-03-01T10:00:00Z,False,False
out1@x.org,2024-03-01T10:00:00Z,True,False
out2@x.org,2024-03-01T10:00:00Z,False,True`,
  ],
  [
    'Cleverreach',
    `E-Mail;Registriert;Aktiviert;Deaktiviert;Bounced
in1@x.org;01.03.2024 10:00;01.03.2024;;0
out1@x.org;01.03.2024 10:00;01.03.2024;02.04.2024;0
out2@x.org;01.03.2024 10:00;01.03.2024;;1`,
  ],
  [
    'Drip',
    `email,status,created_at,unsubscribed_at
in1@x.org,active,2024-03-01T10:00:00Z,
out1@x.org,undeliverable,2024-03-01T10:00:00Z,`,
  ],
  [
    'Moosend',
    `Email,Status,Subscribed on
in1@x.org,Subscribed,01/03/2024 10:00
out1@x.org,Removed,13/03/2024 10:00
out2@x.org,Archived,13/03/2024`,
  ],
  [
    'EmailOctopus',
    `Email address,Status,Date subscribed
in1@x.org,SUBSCRIBED,2024-03-01T10:00:00+00:00
out1@x.org,PENDING,2024-03-01`,
  ],
  [
    'Loops',
    `{"email":"in1@x.org","subscribed":true,"createdAt":"2024-03-01T10:00:00Z"}
{"email":"out1@x.org","subscribed":false,"createdAt":"2024-03-01T10:00:00Z"}`,
  ],
  [
    'Dutch',
    `E-mailadres;Status;Aangemeld op;Afgemeld op
in1@x.org;Actief;01-03-2024;
out1@x.org;Afgemeld;01-03-2024;
out2@x.org;Actief;01-03-2024;02-03-2024`,
  ],
  [
    'Polish',
    `Adres e-mail;Status;Data zapisu
in1@x.org;Aktywny;2024-03-01
out1@x.org;Wypisany;2024-03-01
out2@x.org;Niepotwierdzony;2024-03-01`,
  ],
  [
    'Korean',
    `이메일,상태,구독일
in1@x.org,구독중,2024-03-01
out1@x.org,수신거부,2024-03-01`,
  ],
  [
    'Turkish',
    `E-posta,Durum,Kayıt tarihi
in1@x.org,Aktif,01.03.2024
out1@x.org,Abonelikten çıktı,01.03.2024`,
  ],
  [
    'Swedish',
    `E-postadress;Status;Prenumererar sedan
in1@x.org;Aktiv;2024-03-01
out1@x.org;Avregistrerad;2024-03-01`,
  ],
  [
    'consent',
    `email,consent,consent_date
in1@x.org,granted,2024-03-01
out1@x.org,revoked,2024-03-01
out2@x.org,withdrawn,2024-03-01`,
  ],
  [
    'a time of suppression',
    `email,suppressed,joined
in1@x.org,false,2024-03-01
out1@x.org,2024-04-01,2024-03-01`,
  ],
  [
    'Salesforce',
    `email,Has Opted Out of Email,Created Date
in1@x.org,0,3/1/2024
out1@x.org,1,3/21/2024`,
  ],
  [
    'a link to unsubscribe',
    `email,Unsubscribe Link,status,created_at
in1@x.org,https://a.b/unsub?x=1,Active (confirmed),2024-03-01`,
  ],
  [
    'a report of spam',
    `email,subscribed,hard_bounce,spam_report,created
in1@x.org,1,,,2024-03-01
out1@x.org,1,Yes,,2024-03-01
out2@x.org,1,,2024-05-05,2024-03-01`,
  ],
  [
    'how they left',
    `email,created,Bounce type,optout_type,Unsubscribe source
in1@x.org,2024-03-01,soft,,
out1@x.org,2024-03-01,hard,,
out2@x.org,2024-03-01,,manual,
out3@x.org,2024-03-01,,,List-Unsubscribe`,
  ],
  [
    'flags of all kinds',
    `email,subscribed_at,unsubscribed,bounced,opted_out,do_not_email,is_active
in1@x.org,2024-03-01,false,0,no,,yes
out1@x.org,2024-03-01,true,0,no,,yes
out2@x.org,2024-03-01,,1,,,yes
out3@x.org,2024-03-01,,,Y,,yes
out4@x.org,2024-03-01,,,,x,yes
out5@x.org,2024-03-01,,,,,no`,
  ],
  [
    'a word that can mean only one thing, wherever it stands',
    `email,subscribed_at,tags,kind\nin1@x.org,2024-03-01,film,reader\nout1@x.org,2024-03-01,unsubscribed,reader\nout2@x.org,2024-03-01,film,Opted out`,
  ],
]

describe('real exports', () => {
  it.each(EXPORTS)('%s', async (_, file) => {
    const lines = file.split('\n').slice(file.startsWith('{') ? 0 : 1)
    const out = lines.filter(line => line.includes('out')).length
    const done = await take(file)
    expect((await readers()).filter(name => !name!.startsWith('in'))).toEqual([])
    expect(done).toMatchObject({ imported: lines.length - out, skippedTotal: out })
    for (const { reason } of done.skipped) expect(reason).toMatch(/before the export$/)
    expect(await remembered()).toBe(out)
  })

  it('an older list does not bring back who had left, nor does the rest of the same file', async () => {
    await take('email,status,subscribed_at\nann@x.org,unsubscribed,2024-03-01')
    expect(await take('email,subscribed_at\nAnn@x.org,2024-03-01')).toMatchObject({
      imported: 0,
      skipped: [{ line: 2, reason: 'had left before the export' }],
    })
    await take('email,subscribed_at\nbob@x.org,2024-03-01')
    await take('email,bounced,subscribed_at\nbob@x.org,1,2024-03-01')
    const twice =
      'email,status,subscribed_at\ncy@x.org,active,2024-03-01\ncy@x.org,unsubscribed,2024-03-01'
    expect(await take(twice)).toMatchObject({ imported: 0, skippedTotal: 2 })
    expect(await readers()).toEqual([])
  })

  it('who subscribed here stays, whatever an old list says', async () => {
    const asked = await askByMail(app, { email: 'ann@x.org', wants: {}, now: NOW })
    await confirmByMail(app, asked!.token, { head: 1, now: NOW })
    await take('email,status\nann@x.org,unsubscribed')
    expect(await readers()).toEqual(['ann'])
    expect(await remembered()).toBe(0)
  })

  it('who confirms here after leaving there becomes a reader', async () => {
    await take('email,status\nann@x.org,unsubscribed')
    const asked = await askByMail(app, { email: 'ann@x.org', wants: {}, now: NOW })
    await confirmByMail(app, asked!.token, { head: 1, now: NOW })
    expect(await remembered()).toBe(0)
  })

  it('a status that we do not know imports nobody, and marks nobody', async () => {
    const done = await take('email,status,subscribed_at\nann@x.org,Zombie,2024-03-01')
    expect(done).toMatchObject({
      imported: 0,
      skipped: [{ reason: 'has a status that we do not know: status is “Zombie”' }],
    })
    expect(await remembered()).toBe(0)
  })

  it('a column that looks like a status is named', async () => {
    const done = await take('email,Membership state,subscribed_at\nann@x.org,Blue,2024-03-01')
    expect(done.imported).toBe(1)
    expect(done.warnings).toEqual([expect.stringMatching(/“Membership state”.+Blue/)])
  })

  it.each([
    'Data wypisu',
    'Data rezygnacji',
    'Kündigungsdatum',
    'Austragungsdatum',
    'Datum uitschrijving',
    'Afmelddatum',
    'Avanmäld den',
    'Дата отписки',
    'Опт-аут',
    'Date de désinscription',
  ])('whoever has a day in the column %s has left', async name => {
    const file = `email,date,${name}\nann@x.org,2024-03-01,\nbob@x.org,2024-03-01,2024-05-01`
    expect(await take(file)).toMatchObject({ imported: 1, skippedTotal: 1 })
  })

  it('a dry run counts what the import then does, and writes nothing', async () => {
    const file = [
      'email,status,subscribed_at',
      'ann@x.org,active,2024-03-01',
      'ann@x.org,active,2024-03-01',
      'bob@x.org,unsubscribed,2024-03-01',
      'bob@x.org,active,2024-03-01',
      ...Array.from({ length: 600 }, (_, i) => `r${i}@x.org,active,2024-03-01`),
      'cy@x.org,cleaned,2024-03-01',
      'bob@x.org,active,2024-03-01',
    ].join('\n')
    const counted = await take(file, true)
    expect(await readers()).toEqual([])
    expect(await remembered()).toBe(0)
    expect(counted.reasons).toEqual({
      'had left before the export': 3,
      'is already a reader': 1,
      'emails to it bounced before the export': 1,
    })
    expect(await take(file)).toEqual(counted)
  })
})

describe('times', () => {
  const at = async (written: string, name = 'subscribed_at') => {
    const done = await take(`email;${name}\nann@x.org;"${written}"`)
    const row = await app.selectFrom('mail_readers').select('confirmed_at').executeTakeFirst()
    return row ? new Date(row.confirmed_at!).toISOString() : done.skipped[0]?.reason
  }

  it.each([
    ['2024-03-01 10:00:00.123456 +0000 UTC', '2024-03-01T10:00:00.123Z'],
    ['2024-03-01 10:00:00.123456789 +0530 IST m=+0.000000001', '2024-03-01T04:30:00.123Z'],
    ['2024-03-01 10:00:00+00', '2024-03-01T10:00:00.000Z'],
    ['2024-03-01 10:00:00.5+05:30', '2024-03-01T04:30:00.500Z'],
    ['2024-03-01 10:00:00 GMT', '2024-03-01T10:00:00.000Z'],
    ['2024/03/01', '2024-03-01T00:00:00.000Z'],
    ['2024/3/1 7:05', '2024-03-01T07:05:00.000Z'],
    ['Fri, 01 Mar 2024 10:00:00 +0100', '2024-03-01T09:00:00.000Z'],
    ['Fri, 1 Mar 2024 10:00:00 GMT', '2024-03-01T10:00:00.000Z'],
    ['1 Mar 24 10:00 EST', '2024-03-01T15:00:00.000Z'],
    [
      'Fri Mar 01 2024 10:00:00 GMT+0100 (Central European Standard Time)',
      '2024-03-01T09:00:00.000Z',
    ],
    ['Fri Mar  1 10:00:00 UTC 2024', '2024-03-01T10:00:00.000Z'],
    ['March 1st, 2024 at 3:05 p.m.', '2024-03-01T15:05:00.000Z'],
    ['12:00', 'confirmedAt must be a day or a time such as 2026-03-01 or 2026-03-01T18:00:00Z'],
    ['2024-03-01T10:00:00+01:00[Europe/Vienna]', '2024-03-01T09:00:00.000Z'],
    ['20240301T101112Z', '2024-03-01T10:11:12.000Z'],
    ['1709287200', '2024-03-01T10:00:00.000Z'],
    ['1709287200000', '2024-03-01T10:00:00.000Z'],
    ['1. März 2024', '2024-03-01T00:00:00.000Z'],
    ['1 de marzo de 2024', '2024-03-01T00:00:00.000Z'],
    ['01.03.2024, 10:00 Uhr', '2024-03-01T10:00:00.000Z'],
    ['2024年3月1日 10:00', '2024-03-01T10:00:00.000Z'],
    ['2024. 3. 1.', '2024-03-01T00:00:00.000Z'],
    ['29 February 2024', '2024-02-29T00:00:00.000Z'],
  ])('%s', async (written, expected) => expect(await at(written)).toBe(expected))

  it.each([
    '2023-02-31',
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '31.04.2023',
    '30 Feb 2023',
    'Feb 30, 2023',
    '2023-06-31T10:00:00Z',
    '2023年2月30日',
  ])('%s is no day', async written =>
    expect(await at(written)).toBe('confirmedAt is not a day of the calendar'),
  )

  it.each([
    '2024-03-01 25:00',
    '2024-03-01 10:61',
    '0000-00-00 00:00:00',
    '1970-01-01',
    'soon',
    '2024-03-01 at noon',
  ])('%s is no proof of consent', async written =>
    expect(await at(written)).toMatch(/^confirmedAt (?:must be|is missing)/),
  )

  it.each([
    'Subscription date',
    'creation_date',
    'Date Added',
    'Datum der Anmeldung',
    'optin_date',
    'Signup Date',
    'Joined',
  ])('the column %s says when', async name =>
    expect(await at('2024-03-01', name)).toBe('2024-03-01T00:00:00.000Z'),
  )

  it('a day above 12 anywhere tells which number is the day', async () => {
    const file = (day: string) => `email,subscribed_at\nann@x.org,03/04/2024\nbob@x.org,${day}`
    await take(file('13/04/2024'))
    expect(await app.selectFrom('mail_readers').select('confirmed_at').execute()).toEqual([
      { confirmed_at: Date.parse('2024-04-03') },
      { confirmed_at: Date.parse('2024-04-13') },
    ])
  })

  it('where nothing tells, the answer says how the days were read', async () => {
    const done = await take('email,subscribed_at\nann@x.org,03/04/2024')
    expect(done.warnings).toEqual([expect.stringMatching(/03\/04\/2024.+month\/day\/year/)])
    expect(done.imported).toBe(1)
  })
})

describe('files from a spreadsheet', () => {
  const imports = async (file: string | Buffer) => (await take(file)).imported

  it.each([
    [
      'Windows-1252',
      Buffer.from(
        'E-Mail-Adresse;Prénom;Désabonné le;Date\r\nann@x.org;José;;2024-03-01\r\nbob@x.org;Zoë;2024-05-01;2024-03-01',
        'latin1',
      ),
    ],
    [
      'Windows-1251',
      Buffer.concat([
        Buffer.from('email;'),
        Buffer.from([0xd1, 0xf2, 0xe0, 0xf2, 0xf3, 0xf1]),
        Buffer.from(';date\nann@x.org;active;2024-03-01\nbob@x.org;'),
        Buffer.from([0xce, 0xf2, 0xef, 0xe8, 0xf1, 0xe0, 0xed]),
        Buffer.from(';2024-03-01'),
      ]),
    ],
    ['sep=', 'sep=;\r\nemail;date\r\nann@x.org;2024-03-01'],
    ['a blank first line', '\r\n\n  \nemail,date\nann@x.org,2024-03-01'],
    ['CR only', 'email,date\rann@x.org,2024-03-01\rnobody,2024-03-01'],
    ['a title above the names', 'My subscribers\n\nemail,date\nann@x.org,2024-03-01'],
    ['empty columns at the end', 'email,date,,\nann@x.org,2024-03-01,,,,'],
    ['names in quotes over two lines', '"email","the\ndate","date"\nann@x.org,,2024-03-01'],
  ])('%s', async (_, file) => expect(await imports(file)).toBe(1))

  it.each([
    [
      'a ZIP archive',
      Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
      /ZIP archive or an Excel file/,
    ],
    ['an old Excel file', Buffer.from('\xD0\xCF\x11\xE0\xA1\xB1', 'latin1'), /Excel/],
    ['gzip', Buffer.from('\x1F\x8B\x08\0', 'latin1'), /gzip/],
    ['a JSON list', '[{"email":"ann@x.org"}]', /one object a line/],
    ['no address', 'first,second\n1,2', /must name the columns/],
  ])('%s gets a sentence that helps', async (_, file, detail) => {
    await expect(take(file)).rejects.toMatchObject({
      statusCode: 422,
      detail: expect.stringMatching(detail),
    })
  })
})

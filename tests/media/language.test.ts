/** What language a review is written in. */
import { expect, it } from 'vitest'
import { languageOf } from '../../server/media/language'

it.each([
  [
    'en',
    'A film about a silence that grows between two people. See it tonight, and see it again tomorrow.',
  ],
  [
    'de',
    'Ein Film über die Stille, die zwischen zwei Menschen entsteht, wenn keiner mehr lügen will.',
  ],
  [
    'fr',
    'Un film magnifique sur le temps qui passe et sur ceux qui restent. On en sort bouleversé.',
  ],
  [
    'es',
    'Una película sobre la memoria y el olvido, rodada con una paciencia que ya casi nadie tiene.',
  ],
  [
    'tr',
    'Uzun ve sabırlı bir film; karakterler konuştukça birbirlerinden uzaklaşıyorlar. Mutlaka izlenmeli.',
  ],
  ['ru', 'Фильм о том, как тишина становится главным героем. Смотреть обязательно.'],
  ['uk', 'Фільм про те, як тиша стає головним героєм. Дивитися обов’язково.'],
  ['pl', 'Film o ciszy, która staje się głównym bohaterem. Trzeba go zobaczyć, najlepiej w kinie.'],
  ['ja', '静けさが主人公になる映画。'],
  ['zh', '一部关于沉默的电影，值得在影院观看。'],
  ['ko', '침묵이 주인공이 되는 영화. 꼭 극장에서 보세요.'],
  ['ar', 'فيلم عن الصمت الذي يصبح بطلا. يجب مشاهدته في السينما.'],
  ['fa', 'فیلمی درباره سکوت که قهرمان داستان می‌شود. حتما ببینید و از دست ندهید.'],
  ['he', 'סרט על השתיקה שהופכת לגיבורה הראשית.'],
  ['hi', 'यह फिल्म खामोशी के बारे में है और इसे ज़रूर देखना चाहिए।'],
  ['el', 'Μια ταινία για τη σιωπή.'],
  ['th', 'ภาพยนตร์เกี่ยวกับความเงียบ'],
  ['vi', 'Một bộ phim về sự im lặng trở thành nhân vật chính, hãy đi xem ngay.'],
  ['fi', 'Elokuva hiljaisuudesta, josta tulee päähenkilö. Kannattaa katsoa elokuvateatterissa.'],
  ['da', 'En film om stilheden, der bliver hovedpersonen. Se den i biografen i aften.'],
  [
    'de',
    'Die Band spielt „The End of the World“, und danach ist der Film vorbei, ehe er richtig begonnen hat. Wer das Kino verlässt, der summt noch lange.',
  ],
])('knows %s', async (language, text) => expect(await languageOf(text)).toBe(language))

it.each(['', 'Go.', 'Amélie', '5/5 !!!', '映画'])('does not guess at %j', text =>
  expect(languageOf(text)).resolves.toBeUndefined(),
)

/** What happens to a file that is uploaded as a poster. */
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { reEncode } from '../../../server/media/uploads/re-encode'
import { chunk, photo, refused } from './pictures'

const colourAt = async (bytes: Buffer, left: number, top: number) => [
  ...(await sharp(bytes)
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer()),
]

describe('a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'as %s becomes a WebP and a JPEG',
    async format => {
      const drawn = await reEncode(await photo(300, 200).toFormat(format).toBuffer())
      expect([drawn.width, drawn.height]).toEqual([300, 200])
      for (const [bytes, as] of [
        [drawn.webp, 'webp'],
        [drawn.jpeg, 'jpeg'],
      ] as const)
        expect(await sharp(bytes).metadata()).toMatchObject({ format: as, width: 300, height: 200 })
    },
  )

  it('is at most 1,600 pixels wide, and never enlarged', async () => {
    expect(await reEncode(await photo(4000, 1000).jpeg().toBuffer())).toMatchObject({
      width: 1600,
      height: 400,
    })
    expect(await reEncode(await photo(3, 2).png().toBuffer())).toMatchObject({
      width: 3,
      height: 2,
    })
  })

  it('is turned upright and reveals nothing about the camera, the place or the person', async () => {
    const secret = 'Ines Okafor, 48.2082 N'
    const taken = await photo(300, 200)
      .withExif({
        IFD0: { Artist: secret, Copyright: secret },
        IFD3: { GPSLatitude: '48/1 12/1 29/1' },
      })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!--${secret}--></x:xmpmeta>`)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(taken.includes('Ines')).toBe(true)
    const { webp, jpeg, width, height } = await reEncode(taken)
    expect([width, height]).toEqual([200, 300])
    for (const bytes of [webp, jpeg]) {
      const { exif, xmp, icc, iptc, orientation } = await sharp(bytes).metadata()
      expect([exif, xmp, icc, iptc, orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      expect(bytes.includes('Ines')).toBe(false)
    }
    const [red, green] = await colourAt(jpeg, 195, 5) // the left top corner of the taken picture
    expect([red! < 40, green! < 40]).toEqual([true, true])
  })

  it('loses everything that was hidden in or behind it', async () => {
    const hidden = Buffer.from('<script>window.pwned=1</script><?php echo 1 ?>PK\x03\x04')
    const jpeg = await photo(60, 40).jpeg().toBuffer()
    const commented = Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, hidden.length + 2]),
      hidden,
      jpeg.subarray(2),
    ])
    for (const file of [
      commented,
      Buffer.concat([jpeg, hidden]),
      Buffer.concat([await photo(60, 40).png().toBuffer(), hidden]),
    ]) {
      expect(file.includes('window.pwned')).toBe(true)
      const drawn = await reEncode(file)
      for (const bytes of [drawn.webp, drawn.jpeg])
        expect(bytes.toString('latin1')).not.toMatch(/pwned|php echo/)
    }
  })

  it('with transparent parts is put on white in its JPEG', async () => {
    const clear = await sharp({
      create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    expect(await colourAt((await reEncode(clear)).jpeg, 5, 5)).toEqual([255, 255, 255])
  })

  it('gives the same bytes again for the same file', async () => {
    const file = await photo(50, 50).png().toBuffer()
    const [first, second] = await Promise.all([reEncode(file), reEncode(file)])
    expect(first.webp.equals(second.webp)).toBe(true)
  })

  it('of the largest size is accepted', async () => {
    const large = await sharp({
      create: { width: 8000, height: 5000, channels: 3, background: '#246' },
    })
      .png()
      .toBuffer()
    expect(await reEncode(large)).toMatchObject({ width: 1600, height: 1000 })
  })
})

describe('a file that is not such a picture', () => {
  it.each(refused)('%s is refused with its field', async (_, file, why) => {
    await expect(reEncode(await file())).rejects.toMatchObject({
      statusCode: 422,
      errors: [{ path: 'file', message: expect.stringMatching(why) }],
    })
  })
})

describe('a picture that unfolds', () => {
  const unfolding = deflateSync(Buffer.alloc(50_000_000, 65), { level: 9 })
  const texts: Record<string, Buffer> = {
    zTXt: Buffer.concat([Buffer.from('a\0\0'), unfolding]),
    iTXt: Buffer.concat([Buffer.from('a\0\x01\0\0\0'), unfolding]),
    iCCP: Buffer.concat([Buffer.from('icc\0\0'), unfolding]),
  }

  it.each(Object.entries(texts))('in its %s takes no memory with it', async (name, data) => {
    const png = await photo(40, 40).png().toBuffer()
    const HEADER = 33
    const evil = Buffer.concat([
      png.subarray(0, HEADER),
      chunk(name, data),
      chunk(name, data),
      png.subarray(HEADER),
    ])
    await reEncode(png)
    const before = process.memoryUsage().rss
    for (let times = 0; times < 5; times++) {
      expect(await reEncode(evil).catch(() => ({ width: 40 }))).toMatchObject({ width: 40 })
      expect(process.memoryUsage().rss - before).toBeLessThan(80e6)
    }
  })
})

describe('a transparent picture', () => {
  const drawn = (ink: string) =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><circle cx="30" cy="30" r="20" fill="${ink}"/></svg>`,
      ),
    )
  const brightness = async (bytes: Buffer, left: number) =>
    (await colourAt(bytes, left, left)).reduce((sum, value) => sum + value, 0) / 3

  it.each([
    ['black ink', '#000', 250, 5],
    ['red ink', '#c00', 250, 90],
    ['white ink', '#fff', 40, 250],
  ])('with %s can be seen on any page', async (_, ink, ground, middle) => {
    for (const format of ['png', 'webp', 'avif'] as const) {
      const { webp, jpeg } = await reEncode(await drawn(ink).toFormat(format).toBuffer())
      for (const bytes of [webp, jpeg]) {
        expect((await sharp(bytes).metadata()).hasAlpha).toBe(false)
        expect(Math.abs((await brightness(bytes, 3)) - ground)).toBeLessThan(30)
        expect(Math.abs((await brightness(bytes, 30)) - middle)).toBeLessThan(30)
      }
    }
  })
})

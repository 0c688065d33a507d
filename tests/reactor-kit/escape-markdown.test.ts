/** Plain text stays plain where Discord reads Markdown. */
import { expect, it } from 'vitest'
import { escapeMarkdown } from '../../server/reactor-kit/escape-markdown'

it.each([
  ['M*A*S*H', String.raw`M\*A\*S\*H`],
  ['__init__ and ~~gone~~', String.raw`\_\_init\_\_ and \~\~gone\~\~`],
  ['||Rosebud||', String.raw`\|\|Rosebud\|\|`],
  ['<@123> <#4> <t:0>', String.raw`\<@123> \<#4> \<t:0>`],
  ['[here](https://a.org/b_c)', String.raw`\[here](https://a.org/b_c)`],
  ['`code` \\o/', '\\`code\\` \\\\o/'],
  ['# 1', String.raw`\# 1`],
  ['#Alive', String.raw`\#Alive`],
  ['> said\n>>> all\n-# small\n- item', '\\> said\n\\>\\>\\> all\n\\-\\# small\n\\- item'],
  ['1. One\n12) Two', '1\\. One\n12\\) Two'],
  ['1949. A good year', String.raw`1949\. A good year`],
  ['5 > 4, C#, well-made', '5 > 4, C#, well-made'],
  ['https://a.org/b_c*d', 'https://a.org/b_c*d'],
])('%s', (text, written) => {
  expect(escapeMarkdown(text)).toBe(written)
})

// Nuxt's own rules. How the code looks is Prettier's business; ESLint says what it may do.
import { createConfigForNuxt } from '@nuxt/eslint-config'
import prettier from 'eslint-config-prettier'
import importSort from 'eslint-plugin-simple-import-sort'

export default createConfigForNuxt({
  features: { stylistic: false, tooling: true },
  dirs: { src: ['.'] },
})
  .append(prettier)
  .append({ ignores: ['.nuxt/**', '.output/**'] })
  .append({
    plugins: { 'simple-import-sort': importSort },
    rules: {
      'simple-import-sort/imports': ['error', { groups: [['^\\u0000', '^node:', '^', '^\\.']] }],
      'one-var': ['error', 'never'],
      'no-nested-ternary': 'error',
      // Nuxt names a component by its folder as well, so `review/Margin.vue` is <ReviewMargin>.
      'vue/multi-word-component-names': 'off',
      // With TypeScript an optional prop is undefined on purpose when it is absent.
      'vue/require-default-prop': 'off',
    },
  })
  .append({
    // A list of reactors holds each with recipients and messages of its own kind, which nobody else looks into.
    files: ['server/delivery/contract/define-reactor.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  })

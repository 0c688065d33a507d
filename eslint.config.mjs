// Nuxt's own rules with its stylistic set, nothing invented here.
import { createConfigForNuxt } from '@nuxt/eslint-config'

export default createConfigForNuxt({
  features: { stylistic: { braceStyle: '1tbs' }, tooling: true },
  dirs: { src: ['.'] },
})
  .override('nuxt/stylistic', {
    rules: {
      '@stylistic/max-statements-per-line': 'off',
      '@stylistic/member-delimiter-style': [
        'error',
        {
          multiline: { delimiter: 'none' },
          singleline: { delimiter: 'comma', requireLast: false },
        },
      ],
      '@stylistic/operator-linebreak': 'off',
    },
  })
  .append({ ignores: ['.nuxt/**', '.output/**', 'public/**'] })
  .append({
    rules: {
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multi-word-component-names': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-indent': 'off',
    },
  })

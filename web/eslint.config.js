import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

import svelteConfig from './svelte.config.js'

const markup = (name) => ({
  property: name,
  message: 'Text only: markup from strings is how scripts get in.',
})

export default ts.config(
  { ignores: ['node_modules', 'src/lib/protocol.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-console': 'error',
      // TypeScript's own checks are the better ones
      'no-undef': 'off',
      'no-unused-private-class-members': 'off',
      // Records live in plain maps on purpose: one signal per record, not per map.
      'svelte/prefer-svelte-reactivity': 'off',
      // A merge patch removes keys.
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-restricted-properties': [
        'error',
        markup('innerHTML'),
        markup('outerHTML'),
        markup('insertAdjacentHTML'),
        { object: 'document', property: 'write', message: 'Breaks the content security policy.' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'WebSocket', message: 'Only src/lib/sync/socket.ts opens sockets.' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error',
      'svelte/require-each-key': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: 'The policy forbids style attributes: use a class or a style: directive.',
        },
      ],
    },
  },
  { files: ['src/lib/sync/socket.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['*.config.{js,ts}'],
    languageOptions: { globals: { ...globals.node } },
  },
)

import './lib/ui/base.css'

import { mount } from 'svelte'

import { i18n } from '$lib/i18n/i18n.svelte'
import { router } from '$lib/router.svelte'
import { appearance } from '$lib/ui/theme.svelte'

import App from './App.svelte'

appearance.start()
router.start()
await i18n.start() // before anything is shown, so that no text flips its language

const target = document.getElementById('app')
if (target) mount(App, { target })

import '../lib/ui/base.css'

import { mount } from 'svelte'

import { i18n } from '$lib/i18n/i18n.svelte'
import { appearance } from '$lib/ui/theme.svelte'

import Samples from './Samples.svelte'

appearance.start()
await i18n.start()

const target = document.getElementById('app')
if (target) mount(Samples, { target })

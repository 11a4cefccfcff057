"""Control of the emulated world, `/_sim`."""

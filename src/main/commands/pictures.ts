/** `imprimatur bake` and `imprimatur extract`: a credential in and out of a picture. */
import type { Command } from 'commander'

export function addPictureCommands(program: Command): void {
  program
    .command('bake')
    .argument('<picture>', 'PNG or SVG; a credential that is in it is replaced')
    .argument('<credential>', 'a signed credential: JSON, or a VC-JWT')
    .requiredOption('--out <file>', 'the picture to write')
    .description('Put a credential into a picture (Open Badges 3.0 section 5.3)')
    .action(async (picture: string, credential: string, { out }: { out: string }) => {
      const { bake } = await import('../actions/bake-pictures.js')
      bake(picture, credential, out)
    })
  program
    .command('extract')
    .argument('<picture>', 'PNG or SVG')
    .option('--out <file>', 'a file to write instead of standard output')
    .description('Take the credential out of a picture, byte for byte')
    .action(async (picture: string, { out }: { out?: string }) => {
      const { extract } = await import('../actions/bake-pictures.js')
      extract(picture, out)
    })
}

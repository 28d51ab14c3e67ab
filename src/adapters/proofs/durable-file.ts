/** Key files on disk: written once or replaced as a whole, and on the disk when the call returns. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { IssuerError } from '../../domain/issuer-error.js'

/**
 * Creates a file, mode 0600, in a folder of mode 0700.
 * @throws IssuerError KEY_EXISTS when it is there, KEY_UNAVAILABLE when it cannot be written
 */
export function createOnce(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    writeAndSync(file, text)
  } catch (cause) {
    if (isTaken(cause)) {
      const sentence = `${file} already holds a key, and keys are never overwritten.`
      throw new IssuerError('KEY_EXISTS', sentence, { cause })
    }
    throw cannotWrite(file, cause)
  }
}

/**
 * Replaces a file by one of mode 0600; a crash leaves the old one or the new one.
 * @throws IssuerError KEY_UNAVAILABLE when it cannot be written
 */
export function replaceFile(file: string, text: string): void {
  const next = `${file}.next`
  try {
    rmSync(next, { force: true })
    writeAndSync(next, text)
    renameSync(next, file)
    syncFolder(path.dirname(file))
  } catch (cause) {
    throw cannotWrite(file, cause)
  }
}

function writeAndSync(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(path.dirname(file))
}

/** A new name in a folder survives a power cut only when the folder is synced too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Whether the file itself, not a folder above it, is there already. */
function isTaken(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException
  return code === 'EEXIST' && syscall === 'open'
}

function cannotWrite(file: string, cause: unknown): IssuerError {
  return new IssuerError('KEY_UNAVAILABLE', `${file} cannot be written.`, { cause })
}

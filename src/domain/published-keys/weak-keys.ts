/**
 * Ed25519 public keys of small order, with and without the sign bit, in both encodings where there
 * are two. Under such a key one signature fits every text, and RFC 8032 section 5.1.7 does not make
 * verifiers refuse it; so no such key can show who signed.
 */
const SMALL_ORDER = new Set([
  'z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP',
  'z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDpb',
  'z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Sj',
  'z6MkeXATEjyXENzBXBxgC5EHk2JE5aqd7qMGGtDpLUH1e2Uw',
  'z6Mkh59EgPEuBMugWwYWVMbZFQmHm8V1tcgLejJJTx6d8KB2',
  'z6Mkh59EgPEuBMugWwYWVMbZFQmHm8V1tcgLejJJTx6d8KDE',
  'z6MksrRtMyx4CiuAvgkmwsiPXKj7ULY8yG49hjvu11gGFbhb',
  'z6MksrRtMyx4CiuAvgkmwsiPXKj7ULY8yG49hjvu11gGFbjo',
  'z6MkvQQfodDS9hpfvSLcFA5f2iCB9tBXk3PE5b1P8VVsjtRt',
  'z6MkvQQfodDS9hpfvSLcFA5f2iCB9tBXk3PE5b1P8VVsjtU6',
  'z6MkvUK5T7wX3YKPL8TakfM6vdwQQtkJSzV8fTKGdgosTh6E',
  'z6MkvUK5T7wX3YKPL8TakfM6vdwQQtkJSzV8fTKGdgosTh8S',
  'z6MkvYDV6cfbwNp6jpaZGAcYpZgdfuK59wb3FKdA8t7sBVka',
  'z6MkvYDV6cfbwNp6jpaZGAcYpZgdfuK59wb3FKdA8t7sBVnn',
])

/** Whether a Multikey (base58btc) is one under which anybody can sign. */
export function isWeakKey(publicKeyMultibase: string): boolean {
  return SMALL_ORDER.has(publicKeyMultibase)
}

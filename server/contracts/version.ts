/** The version of the contract with outsiders (semver): raised with every change of what is announced. */
export const CONTRACT_VERSION = '1.0.0'

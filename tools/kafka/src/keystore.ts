import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '@frontline/processes';

/** A key pair of a broker on the loopback interface, and the certificate by which clients know it. */
export interface BrokerKey {
  /** PKCS#12 file with key and certificate. */
  keystore: string;
  password: string;
  /** PEM file with the certificate, its own authority. */
  certificate: string;
}

/** Makes a key pair for 127.0.0.1 and localhost with the JDK's keytool, good for two days: for tests, which commit no key. */
export async function makeBrokerKey(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<BrokerKey> {
  const keytool = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'keytool') : 'keytool';
  mkdirSync(folder, { recursive: true });
  const key = {
    keystore: join(folder, 'broker.p12'),
    password: randomBytes(16).toString('hex'),
    certificate: join(folder, 'broker.pem'),
  };
  const store = ['-keystore', key.keystore, '-storetype', 'PKCS12', '-storepass', key.password, '-alias', 'broker'];
  const owner = [
    '-dname',
    'CN=frontline-test-broker',
    '-ext',
    'san=ip:127.0.0.1,dns:localhost',
    '-ext',
    'bc:c=ca:true',
  ];
  const made = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2', '-keypass', key.password];
  await runCommand(keytool, ['-genkeypair', ...store, ...made, ...owner], { name: 'Making the broker’s key', env });
  await runCommand(keytool, ['-exportcert', '-rfc', ...store, '-file', key.certificate], {
    name: 'Writing the broker’s certificate',
    env,
  });
  return key;
}

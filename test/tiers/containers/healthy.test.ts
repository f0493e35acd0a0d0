import { Compose } from '../../../scripts/containers/compose';
import { healthy } from '../../../scripts/containers/healthy';
import { describeDocker, IMAGE, withImage } from './docker';

const PORT = '18097';

describeDocker('waiting until the containers are healthy', () => {
  withImage();

  /** With a load balancer that is started by a command of the shell. */
  async function withLoadBalancer<T>(command: string, use: (compose: Compose) => Promise<T>): Promise<T> {
    const override = 'test/tiers/containers/compose.load-balancer.yaml';
    const compose = await Compose.find('keepsake-test-healthy', [override], { LOAD_BALANCER: command });
    try {
      await compose.scale(2, { image: IMAGE, port: Number(PORT) });
      return await use(compose);
    } finally {
      await compose.down({ volumes: true });
    }
  }
  const wait = (compose: Compose) => healthy(compose, `http://localhost:${PORT}`, 2);

  it('goes on while the load balancer does not listen yet, when Docker closes every connection at once', async () => {
    const late = 'sleep 5; exec haproxy -db -f /usr/local/etc/haproxy/haproxy.cfg';
    const replicas = await withLoadBalancer(late, wait);
    expect(new Set(replicas.map(({ file }) => file)).size).toBe(2);
  });

  it('says why the load balancer does not stay up', async () => {
    const broken = 'echo frontend >> /dev/shm/cfg; exec haproxy -db -f /dev/shm/cfg';
    await expect(withLoadBalancer(broken, wait)).rejects.toThrow(
      /load-balancer.1 does not stay up: \[ALERT\].*\/dev\/shm\/cfg/,
    );
  });

  it('says so also where the load balancer has begun anew, and has said nothing but who it is', async () => {
    const again = 'echo "[ALERT] broken"; echo "[NOTICE] who it is"; sleep 0.2; exit 1';
    await expect(withLoadBalancer(again, wait)).rejects.toThrow(/does not stay up: \[ALERT\] broken/);
  });
});

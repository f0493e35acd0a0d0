/** A statement of an IAM policy that allows. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Record<string, Record<string, string | readonly string[]>>;
}

type Scope = Pick<Statement, 'Sid' | 'Resource' | 'Condition'>;

// An account id cannot be known here, and IAM itself is bound to the account: * is this account.
const arn = (resource: string) => `arn:aws:iam::*:${resource}`;

/** The statements of one service whose actions name no resource that is known before it exists. */
export function serviceStatements(service: string, actions: readonly string[]): Statement[] {
  return grouped(actions, (action) => serviceScope(service, action));
}

function serviceScope(service: string, action: string): Scope {
  const Sid = service.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase());
  switch (action) {
    case 'kms:CreateGrant':
      // As in AWS's own AWSBackupFullAccess: grants for AWS services, not for whoever is named.
      return {
        Sid: `${Sid}Grants`,
        Resource: '*',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      };
    case 'ssm:GetParameters':
      return { Sid, Resource: 'arn:aws:ssm:*:*:parameter/cdk-bootstrap/*' };
    default:
      return { Sid, Resource: '*' };
  }
}

/** The statements for roles, policies and providers of stacks named `stack`, which may end in a *. */
export function iamStatements(stack: string, actions: readonly string[]): Statement[] {
  // CloudFormation names roles and policies after the stack; no construct gives them a name of its own.
  const roles = arn(`role/${stack}`);
  const policies = arn(`policy/${stack}`);
  const scopes: [RegExp, Scope][] = [
    [/^List(Roles|Policies|OpenIDConnectProviders)$/, { Sid: 'Lists', Resource: '*' }],
    [
      /^(Attach|Detach)RolePolicy$/,
      { Sid: 'Attachments', Resource: roles, Condition: { ArnLike: { 'iam:PolicyARN': policies } } },
    ],
    [
      /OpenIDConnect/,
      { Sid: 'Provider', Resource: arn('oidc-provider/token.actions.githubusercontent.com') },
    ],
    [/Role/, { Sid: 'Roles', Resource: roles }],
    [/Polic/, { Sid: 'Policies', Resource: policies }],
  ];
  return grouped(actions, (action) => {
    const [, scope] = scopes.find(([pattern]) => pattern.test(action.replace('iam:', ''))) ?? [];
    if (!scope) throw new Error(`${action}: say in scripts/policies/statements.ts for which resources`);
    return scope;
  });
}

/** Leave to give the roles of stacks named `stack` to `services`, and to nothing else. */
export function passRole(stack: string, services: readonly string[]): Statement[] {
  const allow = { Effect: 'Allow', Action: ['iam:PassRole'] } as const;
  return [
    {
      Sid: 'PassRoles',
      ...allow,
      Resource: arn(`role/${stack}`),
      Condition: { StringEquals: { 'iam:PassedToService': services } },
    },
    // The CDK names it in the scalable target. Nobody but Application Auto Scaling can assume it.
    {
      Sid: 'PassScalingRole',
      ...allow,
      Resource: arn('role/aws-service-role/ecs.application-autoscaling.amazonaws.com/*'),
    },
  ];
}

/** Leave to make the service-linked roles of `services`. */
export function makeServiceLinkedRoles(services: readonly string[]): Statement {
  return {
    Sid: 'ServiceLinkedRoles',
    Effect: 'Allow',
    Action: ['iam:CreateServiceLinkedRole'],
    Resource: arn('role/aws-service-role/*'),
    Condition: { StringEquals: { 'iam:AWSServiceName': services } },
  };
}

function grouped(actions: readonly string[], scopeOf: (action: string) => Scope): Statement[] {
  const bySid = new Map<string, Statement>();
  for (const action of [...actions].sort()) {
    const { Sid, ...scope } = scopeOf(action);
    const Action = [...(bySid.get(Sid)?.Action ?? []), action];
    bySid.set(Sid, { Sid, Effect: 'Allow', Action, ...scope });
  }
  return [...bySid.values()];
}

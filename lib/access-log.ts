import { Names, Stack } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { refuseUndefined } from './support/refuse-undefined';
import { ServiceLogGroup } from './support/service-log-group';
import type { Telemetry } from './telemetry';

export interface AccessLogProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly telemetry: Telemetry;
}

/**
 * The load balancer's record of every request, in CloudWatch Logs.
 *
 * Not in S3, where a bucket with objects in it cannot be deleted: it would block destroying the stack, or take a Lambda
 * function to empty it. The log type is listed under PutDeliverySource in the CloudWatch Logs API reference.
 */
export class AccessLog extends Construct {
  constructor(scope: Construct, id: string, props: AccessLogProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { loadBalancer, telemetry } = props;
    const { account, region, partition } = Stack.of(this);
    const logGroup = new ServiceLogGroup(this, 'Logs', { telemetry });
    const name = Names.uniqueResourceName(this, { maxLength: 60 });
    const source = new CfnDeliverySource(this, 'Source', {
      name,
      resourceArn: loadBalancer.loadBalancerArn,
      logType: 'ALB_ACCESS_LOGS',
    });
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name,
      destinationResourceArn: logGroup.logGroupArn,
    });
    const policy = new ResourcePolicy(this, 'Policy', {
      policyStatements: [
        new PolicyStatement({
          principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
          conditions: {
            StringEquals: { 'aws:SourceAccount': account },
            // The condition that CloudWatch Logs documents for deliveries to a log group.
            ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
          },
        }),
      ],
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
    });
    delivery.node.addDependency(policy);
  }
}

import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';

/** An app that fails synthesis on every finding of four rule packs that is not acknowledged. */
export class CheckedApp extends App {
  constructor(props?: AppProps) {
    // The CDK's own validation doubles the time of a synthesis, and says less of a template than cfn-lint, which
    // `npm run check` runs.
    super({ builtinCloudFormationValidation: false, ...props });
    Validations.of(this).addPlugins(
      new AwsSolutionsChecks(this),
      new HIPAASecurityChecks(this),
      new NIST80053R5Checks(this),
      new PCIDSS321Checks(this),
    );
  }
}

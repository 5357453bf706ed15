using ResNetGen.Samples.Classify;

return Cli.Run(args, Console.Out, Console.Error);

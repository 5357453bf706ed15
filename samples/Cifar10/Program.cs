using ResNetGen.Samples;

return Cli.Run(args, Console.Out, Console.Error);

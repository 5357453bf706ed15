using ResNetGen.Samples.ImageNet;

return Cli.Run(args, Console.Out, Console.Error);

#!/usr/bin/env bash
# Uses the packages as a stranger would: a new project, a local feed, an empty cache, one network, one forward pass.
#
# usage: build/package/try.sh FOLDER-OF-PACKAGES [-p:NAME=VALUE ...]
set -euo pipefail
feed=$(cd "$1" && pwd)
shift
version=$(basename "$feed"/ResNetGen.[0-9]*.nupkg .nupkg)
version=${version#ResNetGen.}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "trying the packages in a project of their own (compiles the shims: a minute or two)"
cat >"$work/App.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestoreAdditionalProjectSources>$feed</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="ResNetGen" Version="$version" />
  </ItemGroup>
</Project>
XML
cat >"$work/Program.cs" <<'CS'
using ResNetGen;
using static ResNetGen.Block;
using static ResNetGen.Shortcut;
using static TorchSharp.torch;

using var network = new ResNet20();
using Tensor scores = network.call(randn(2, 3, 32, 32));
Console.WriteLine($"{ResNet152.ParameterCount} {string.Join(" ", scores.shape)} {ResNetGen.Native.MemoryFormat.IsAvailable}");

[ResNet(Depth = 152, Block = Bottleneck, Shortcut = B)]
public partial class ResNet152;

[CifarResNet(Depth = 20)]
public partial class ResNet20;
CS
# Nothing of a repository around the new project may help it.
for file in Directory.Build.props Directory.Build.targets Directory.Packages.props; do echo '<Project />' >"$work/$file"; done

dotnet build "$work/App.csproj" --nologo -v quiet "$@" >&2
said=$(dotnet "$work/bin/Debug/net10.0/App.dll")
expected="60192808 2 10 True"
[ "$said" = "$expected" ] || { echo "the packages do not work: expected '$expected', the program said '$said'" >&2; exit 1; }

# A mistake must reach the user as the analyzer's message.
sed -i 's/Depth = 20)/Depth = 21)/' "$work/Program.cs"
refusal=$(dotnet build "$work/App.csproj" --nologo -v quiet "$@" 2>&1 || true)
grep -q 'error RNG0102' <<<"$refusal" ||
    { echo "the packages do not work: Depth = 21 was not refused with RNG0102" >&2; exit 1; }
echo "the packages work: a generated network ran, and a wrong depth was refused"

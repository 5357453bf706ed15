#!/bin/bash
# A run on several machines with torchrun: start this on each of them, with the same first argument, the machine that all can reach.
#
#   docs/distributed/torchrun.sh gpu01 4      4 machines; a process for each GPU
#
# A machine may be lost: torchrun starts all processes again (3 times), and they go on from the newest checkpoint.
set -euo pipefail
main=$1 machines=$2

exec torchrun --nnodes "$machines" --nproc_per_node gpu --max_restarts 3 \
    --rdzv_backend c10d --rdzv_endpoint "$main:29400" --rdzv_id resnet20 \
    --no_python dotnet samples/Cifar10/bin/Release/net10.0/ResNetGen.Samples.Cifar10.dll \
    --network resnet20 --recipe he2015 --data data --output runs/resnet20

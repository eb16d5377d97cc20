# SPDX-License-Identifier: GPL-3.0-or-later
#
# A cluster of Slurm on this machine, for tests: one controller and several nodes of one processor,
# with a key, sockets and ports of their own, all below one folder. Any user may start it.

# free_ports COUNT: the first of so many ports in a row that nobody listens at.
free_ports() {
  local first port used
  for ((first = 17000 + RANDOM % 8000; first < 32000; first += $1)); do
    used=
    for ((port = first; port < first + $1; port++)); do
      if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then used=yes; fi
    done
    [[ $used ]] || { echo "$first"; return; }
  done
  return 1
}

# until_true TENTHS COMMAND...: waits until the command succeeds.
until_true() {
  local tenths=$1 k
  shift
  for ((k = 0; k < tenths; k++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  return 1
}

all_idle() { [[ $(sinfo -h -o %T -N | grep -c '^idle$') == "$1" ]]; }

# slurm_up FOLDER NODES
slurm_up() {
  local dir=$1 nodes=$2 host user port memory k
  host=$(hostname -s)
  user=$(id -un)
  port=$(free_ports $((nodes + 2))) || { echo 'no ports are free'; return 1; }
  memory=$(($(awk '/MemTotal/ { print $2 }' /proc/meminfo) / 1024 / nodes / 2))
  mkdir -p "$dir"/{ctld,munge,log} && chmod 700 "$dir/munge" && chmod 755 "$dir"
  (umask 077 && head -c 1024 /dev/urandom >"$dir/munge/key")
  cat >"$dir/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CryptoType=crypto/munge
StateSaveLocation=$dir/ctld
SlurmdSpoolDir=$dir/d.%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdTimeout=60
SlurmctldTimeout=60
MinJobAge=3600
JobRequeue=1
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
NodeName=n[1-$nodes] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((port + 2))-$((port + 1 + nodes))] CPUs=1 RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=n[1-$nodes] Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$dir/slurm.conf
  munged --force --key-file "$dir/munge/key" --socket "$dir/munge/socket" \
    --pid-file "$dir/munge/pid" --log-file "$dir/log/munged.log" --seed-file "$dir/munge/seed" \
    2>>"$dir/log/munged.err"
  until_true 50 munge -n -S "$dir/munge/socket" || { cat "$dir/log/munged.err"; return 1; }
  slurmctld -i -f "$dir/slurm.conf"
  until_true 100 eval 'scontrol ping | grep -q UP' || { tail -n 3 "$dir/log/slurmctld.log"; return 1; }
  for ((k = 1; k <= nodes; k++)); do
    mkdir -p "$dir/d.n$k"
    slurmd -f "$dir/slurm.conf" -N "n$k"
  done
  until_true 100 all_idle "$nodes" || { sinfo -N -l; return 1; }
}

# slurm_down FOLDER: ends what slurm_up started, by its own records.
slurm_down() {
  local dir=$1 pids pid
  pids=$(cat "$dir"/slurmctld.pid "$dir"/slurmd.*.pid 2>/dev/null)
  scancel --me 2>/dev/null
  scontrol shutdown 2>/dev/null
  for pid in $pids; do
    # One that nobody has waited for is gone all the same.
    until_true 30 eval "! kill -0 $pid || grep -q '^State:.Z' /proc/$pid/status" \
      || kill -9 "$pid" 2>/dev/null
  done
  if [[ -f $dir/munge/pid ]]; then kill "$(cat "$dir/munge/pid")" 2>/dev/null; fi
  return 0
}

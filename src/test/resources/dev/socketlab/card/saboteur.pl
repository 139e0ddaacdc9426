#!/usr/bin/env perl
# A small server that keeps to the laws of the card, and breaks one of them where it is told to.
#   saboteur.pl PORT [FAULT]
# A request is a line, "ping"; its reply is a line, "pong". One process, one select(2) loop.
use strict;
use warnings;
use Errno qw(EAGAIN EINTR);
use Socket qw(:DEFAULT IPPROTO_TCP TCP_INFO TCP_NODELAY);

my ($port, $fault) = (@ARGV, '');
$^F = 1024 if $fault eq 'inherited-sockets'; # perl sets close-on-exec above this number
$SIG{PIPE} = $fault eq 'sigpipe' ? 'DEFAULT' : 'IGNORE';

my $MOST_PENDING = $fault eq 'buffers' ? 1 << 40 : 64 << 10;
my $MOST_LINE = 1 << 10;
my (%client, $asked_to_end, @leaked);
my $pause_until = 0;
my $was_throttled;

sub listener {
  my ($on) = @_;
  socket(my $socket, PF_INET, SOCK_STREAM, IPPROTO_TCP) or die "socket: $!";
  setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1) unless $fault eq 'no-reuseaddr';
  bind($socket, pack_sockaddr_in($on, INADDR_LOOPBACK)) or die "bind to port $on: $!";
  listen($socket, $fault eq 'clipped-backlog' ? 1_000_000 : 64) or die "listen: $!";
  $socket->blocking(0);
  return $socket;
}

require IO::Handle;
my $listener = listener($port);
my $second = $fault eq 'second-port' ? listener(0) : undef;
if ($fault eq 'works-in-a-child' and my $child = fork) {
  $SIG{TERM} = sub { kill TERM => $child };
  1 while waitpid($child, 0) != $child;
  exit 0;
}
$SIG{TERM} = sub { exit 0 if $fault eq 'stops-at-once'; $asked_to_end = 1 };

sub take {
  my $paddr = accept(my $socket, $listener);
  if (!$paddr) {
    if ($fault eq 'gives-up' && !$!{EAGAIN}) {
      shutdown $listener, 2; # it listens no more, and what waits is reset
      $pause_until = 1e12;
      return 1;
    }
    return $!{EAGAIN} || $fault eq 'spins';
  }
  $socket->blocking(0);
  setsockopt($socket, IPPROTO_TCP, TCP_NODELAY, 1) if $fault eq 'two-segments';
  setsockopt($socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  if ($fault eq 'few-connections' && keys %client >= 5) {
    close $socket;
    return 1;
  }
  $client{fileno $socket} =
    {socket => $socket, in => '', out => '', ended => 0, closes => 0, at => time};
  return 1;
}

sub forget {
  my ($one) = @_;
  delete $client{fileno $one->{socket}};
  if ($fault eq 'leaks') {
    push @leaked, $one->{socket};
  } else {
    close $one->{socket};
  }
}

sub say_out {
  my ($one) = @_;
  return if $one->{out} eq '';
  my $piece = $fault =~ /^two-segments|^nagle/ && length $one->{out} == 5 ? 1 : length $one->{out};
  my $done = syswrite $one->{socket}, $one->{out}, $piece;
  if (defined $done) {
    substr($one->{out}, 0, $done, '');
    return say_out($one) if $piece == 1;
  } elsif (!$!{EAGAIN}) {
    $one->{out} = '';
    $one->{ended} = 1;
  }
}

# Whether the kernel had to repeat what was sent: tcpi_total_retrans of struct tcp_info.
sub has_repeated {
  my ($one) = @_;
  return unpack('L', substr(getsockopt($one->{socket}, IPPROTO_TCP, TCP_INFO), 100, 4)) > 0;
}

sub answer {
  my ($one) = @_;
  return forget($one) if $fault eq 'minds-repeats' && has_repeated($one);
  while ($one->{in} =~ s/^([^\n]*)\n//) {
    exit 3 if $fault eq 'dies-of-junk' && $1 =~ /[^ -~]/;
    $one->{out} .= $1 eq 'ping' ? "pong\n" : "what?\n";
    if ($fault eq 'closes-with-unread-input') {
      say_out($one);
      return forget($one);
    }
  }
  $one->{ended} = 1 if length $one->{in} > $MOST_LINE && $one->{in} =~ /[^\0]/;
  $one->{in} = '' if length $one->{in} > $MOST_LINE;
  say_out($one);
}

# Once its quota has been used up it takes clients for lost, and looks at each again and again.
sub catch_up {
  my ($one) = @_;
  $was_throttled ||= throttled();
  for (1 .. ($was_throttled ? 40 : 0)) {
    sysread $one->{socket}, $one->{in}, 8192, length $one->{in};
  }
}

# How often, as its control group says: of version 2, or of version 1 where it is usually mounted.
sub throttled {
  open my $groups, '<', '/proc/self/cgroup' or return 0;
  for my $group (map { /^\d+:[^:]*:(\/.*)$/ } <$groups>) {
    for my $root ('', '/unified', '/cpu', '/cpu,cpuacct') {
      open my $statistics, '<', "/sys/fs/cgroup$root$group/cpu.stat" or next;
      return 1 if grep { /^nr_throttled [1-9]/ } <$statistics>;
    }
  }
  return 0;
}

sub hear {
  my ($one) = @_;
  my $most = $fault eq 'closes-with-unread-input' ? 5 : 8192;
  my $got = sysread $one->{socket}, $one->{in}, $most, length $one->{in};
  if (!defined $got) {
    return if $!{EAGAIN};
    exit 4 if $fault eq 'dies-of-reset';
    return forget($one);
  }
  if ($got == 0) {
    $one->{ended} = 1;
    return;
  }
  if ($fault eq 'no-half-close') {
    select undef, undef, undef, 0.01;
    my $end = sysread $one->{socket}, $one->{in}, 8192, length $one->{in};
    return forget($one) if defined $end && $end == 0;
  }
  if ($fault eq 'waits-for-one' && $one->{in} !~ /\n/) {
    my $bits = '';
    vec($bits, fileno $one->{socket}, 1) = 1;
    select $bits, undef, undef, undef;
  }
  catch_up($one) if $fault eq 'catches-up';
  answer($one);
}

while (1) {
  my ($read, $write) = ('', '');
  my $paused = $pause_until > time;
  vec($read, fileno $listener, 1) = 1 unless $paused || $asked_to_end;
  for my $one (values %client) {
    my $fd = fileno $one->{socket};
    vec($read, $fd, 1) = 1 if !$one->{ended} && length $one->{out} < $MOST_PENDING;
    vec($write, $fd, 1) = 1 if $one->{out} ne '';
  }
  my $wait =
      $asked_to_end ? 0
    : $paused ? 1
    : $fault eq 'polls' ? 0.001
    : undef;
  my $ready = select $read, $write, undef, $wait;
  if ($ready < 0) {
    next if $!{EINTR};
    die "select: $!";
  }
  if (vec($read, fileno $listener, 1)) {
    $pause_until = time + 1 unless take();
  }
  my $heard = 0;
  for my $one (values %client) {
    my $fd = fileno $one->{socket};
    say_out($one) if vec $write, $fd, 1;
    if (vec $read, $fd, 1) {
      $heard = 1;
      hear($one);
    }
  }
  for my $one (values %client) {
    forget($one) if $one->{ended} && $one->{out} eq '';
  }
  exit 0 if $asked_to_end && !$heard && !grep { $_->{out} ne '' } values %client;
}

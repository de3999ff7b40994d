// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/cli.h"
#include "app/engine/runplan.h"
#include "app/run/runrecord.h"
#include "app/sandbox/sandboxhost.h"

#include <initializer_list>
#include <memory>

class SignalWatch;

/** What the subcommands that play have in common: run, resume and replay. */
namespace Cli {

/** --target. */
void addTarget(Options &options);
/** --speed. */
void addSpeed(Options &options);
/** --journal, for a new one. */
void addJournal(Options &options);
/** --ca-file, for what asks a target or a model. */
void addCertificates(Options &options);
/** --reconcile, --allow-plain-http, --ca-file and --yes. */
void addSending(Options &options);

/** An error where one of those options has an empty value, as of a variable that is not set. */
Result<void> checkGiven(const Options &options, std::initializer_list<const char *> names);
/** The run that a subcommand is about, for journalNamed(). */
void addJournalNamed(Options &options);
/** The journal that is named: by its path or its run id, or the newest one by "last". */
Result<QString> journalNamed(const QString &named);
/** --target, then TIMELINE_API_URL; empty where neither says anything. */
QString wantedTarget(const Options &options);

/**
 * Trusts what --ca-file and SSL_CERT_FILE name; an error if one of them is no certificate file. The
 * variable is looked at only if one of these addresses is asked over TLS.
 */
Result<void> applyCertificates(const Options &options, const QList<QUrl> &asked);
/** Fills in what --speed, --reconcile and --journal say. */
Result<void> applyNumbers(const Options &options, RunPlan &plan);
/**
 * Takes "sandbox" or nothing: one is started, as `behaviour` says. Else the base URL, whose key is
 * read by whoever uses it. Trusts the certificates that the options name.
 */
Result<void> applyTarget(const Options &options, const QString &wanted, RunPlan &plan,
                         std::unique_ptr<SandboxHost> &sandbox,
                         const SandboxOptions &behaviour = {});

/** Of a run that is over. */
int exitCodeOf(const RunRecord &record);
/** Somebody is there to say GO, and may be asked before the start. */
struct Attendance
{
    bool isAttended = false;
    bool asksFirst = false;
};
/** Reads the keys that the plan lacks, plays it to the end with progress and a summary, and returns
 * the exit code. */
int play(const Options &options, SignalWatch &signals, const RunPlan &plan, Attendance attendance);

} // namespace Cli

// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/confirmtarget.h"

#include "app/incident/incidentapi.h"
#include "app/settings/knowntargets.h"

#include <cstdio>

namespace {

/** Whether "yes" is typed; no at the end of the input. */
bool isConfirmedByYes()
{
    char line[64];
    const QString answer =
        std::fgets(line, sizeof line, stdin) ? QString::fromLocal8Bit(line).trimmed() : QString();
    return answer.compare(QStringLiteral("yes"), Qt::CaseInsensitive) == 0;
}

} // namespace

std::optional<int> Cli::confirmTarget(const Options &options, const QString &target, bool isNamed,
                                      bool isAttended)
{
    const bool isSandbox = target == u"sandbox";
    const Result<QUrl> base = isSandbox ? Result<QUrl>(QUrl()) : parseTargetUrl(target);
    if (!base) {
        return options.refuse(base.error(), {});
    }
    if (options.has("target")) {
        const QString wanted = options.value("target");
        const Result<QUrl> named =
            wanted == u"sandbox" ? Result<QUrl>(QUrl()) : parseTargetUrl(wanted);
        if (!named) {
            return options.refuse(named.error(), {});
        }
        if (KnownTargets::originOf(*named) != KnownTargets::originOf(*base)) {
            return options.refuse(
                Words::tr(
                    "The run goes to %1, and stays on its target; --target names %2. Leave it "
                    "out, or play the run on another target with replay.")
                    .arg(target, wanted));
        }
    } else if (isNamed) {
        return std::nullopt;
    } else if (!isAttended) {
        return options.refuse(
            Words::tr("The journal names the target %1, which you have not used on this computer, "
                      "so nothing was sent there and no key. Confirm it with --target %1.")
                .arg(target));
    } else {
        Cli::printError(Words::tr("The journal names the target %1, which you have not used on "
                                  "this computer.")
                            .arg(target));
        Cli::printError(Words::tr("Type yes to use it and to send it your API key: "));
        if (!isConfirmedByYes()) {
            Cli::printError(Words::tr("Nothing was done."));
            return Cli::Interrupted;
        }
    }
    if (isSandbox) {
        return std::nullopt;
    }
    if (const Result<void> kept = KnownTargets::remember(*base); !kept) {
        Cli::printError(kept.error().message); // it is asked again next time
    }
    return std::nullopt;
}

// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/targetchoice.h"

#include "app/settings/incidentaddress.h"
#include "app/settings/knowntargets.h"
#include "ui/player/runcontroller.h"
#include "ui/player/targetdialog.h"
#include "ui/widgets/openmodal.h"

#include <tuple>

TargetChoice::TargetChoice(RunController &run, QWidget &window)
    : m_run(run)
    , m_window(window)
{}

void TargetChoice::ask(const std::function<void()> &closed)
{
    auto *dialog = new TargetDialog(m_run.target(), &m_window);
    dialog->setIncidentPage(IncidentAddress::address(m_run.target().base.toString()));
    connect(dialog, &TargetDialog::checkRequested, this, [this, dialog](const Target &target) {
        const auto asked = m_run.check(target);
        if (!asked) {
            dialog->showCheckFailed(asked.error());
        }
    });
    connect(&m_run, &RunController::targetChecked, dialog, &TargetDialog::showHealth);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { take(*dialog); });
    if (closed) {
        connect(dialog, &QDialog::finished, this, closed);
    }
    openModal(dialog);
}

void TargetChoice::take(const TargetDialog &dialog)
{
    m_run.setTarget(dialog.target());
    if (!m_run.target().isSandbox) {
        std::ignore = KnownTargets::remember(m_run.target().base); // kept for now, at least
        IncidentAddress::setAddress(m_run.target().base.toString(), dialog.incidentPage());
    }
    Q_EMIT chosen();
}

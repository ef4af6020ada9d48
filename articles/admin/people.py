"""Accounts and roles, with every change of rights in the newsroom's history.

Nobody hands out more rights than they hold: Django alone would let whoever may change accounts make
themselves a superuser.
"""

from contextlib import nullcontext

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q

from articles.admin.page import DeskAdmin, in_words
from articles.admin.site import desk
from articles.editorial import audit
from articles.editorial.rights import Rights, called, change_in_words, password_in_words, rights_of
from articles.editorial.seals import sealed_last
from articles.models import AuditEntry


def all_rights_of(user) -> set:
    """What an account may do, also while it is closed: opening it again brings its rights back."""
    given = Permission.objects.filter(Q(user=user) | Q(group__user=user))
    return set(given.values_list("pk", flat=True))


def roles_within(user):
    """The roles that may do nothing this person may not do."""
    if user.is_superuser:
        return Group.objects.all()
    mine = all_rights_of(user)
    roles = Group.objects.prefetch_related("permissions")
    within = [role.pk for role in roles if {right.pk for right in role.permissions.all()} <= mine]
    return Group.objects.filter(pk__in=within)


class RightsInWords(DeskAdmin):
    """Mix-in for a page where rights are given: history says which, and not only that there was a change."""

    #: The fields that are told in words.
    told_in_words: set[str] = set()

    def save_model(self, request, obj, form, change):
        form.rights_before = rights_of(obj) if change else Rights()
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        form.changed_data = [name for name in form.changed_data if name not in self.told_in_words]
        changed = in_words(super().construct_change_message(request, form, formsets, add))
        said = change_in_words(form.instance, form.rights_before, rights_of(form.instance))
        return " ".join(filter(None, [changed if form.changed_data or not said else "", said]))


@admin.register(User, site=desk)
class AccountAdmin(RightsInWords, UserAdmin):
    told_in_words = {"groups", "user_permissions", "is_staff", "is_superuser", "is_active"}
    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_staff"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.stands_no_higher(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.stands_no_higher(request.user, obj)

    def stands_no_higher(self, user, other) -> bool:
        """Whether the other account may do nothing that this person may not."""
        if other is None or user.is_superuser:
            return True
        return not other.is_superuser and all_rights_of(other) <= all_rights_of(user)

    def user_change_password(self, request, id, form_url=""):
        with sealed_last() if request.method == "POST" else nullcontext():
            return super().user_change_password(request, id, form_url)

    def construct_change_message(self, request, form, formsets, add=False):
        if isinstance(form, self.change_password_form):
            return password_in_words(form.user)
        return super().construct_change_message(request, form, formsets, add)

    def get_readonly_fields(self, request, obj=None):
        kept = [*super().get_readonly_fields(request, obj), "last_login", "date_joined"]
        return kept if request.user.is_superuser else [*kept, "is_superuser", "user_permissions"]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = roles_within(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group, site=desk)
class RoleAdmin(RightsInWords, GroupAdmin):
    """What a role may do is the superuser's to decide; others see it."""

    told_in_words = {"permissions"}
    list_display = ["name"]

    def log_deletions(self, request, queryset):
        """Who had the role has it no longer."""
        roles = list(queryset)
        for role in roles:
            for account in role.user_set.order_by("username"):
                message = f"Took away from {called(account)} the role “{role}”, which was deleted."
                audit.record(AuditEntry.Action.CHANGED, account, by=request.user, message=message)
        super().log_deletions(request, roles)

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
